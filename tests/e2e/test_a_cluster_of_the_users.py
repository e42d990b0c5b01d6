"""With KUBECONFIG, `make up` uses that cluster and makes none. A bare cell plays the user's cluster."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from lab import folders
from lab.assemble import settings_of
from lab.cell import Cell
from lab.host.prepare import prepare
from lab.progress import Progress
from lab.target import cell_of
from tests.e2e.conftest import Lab, Ran, verdicts

pytestmark = pytest.mark.lab

Cluster = tuple[Cell, Mapping[str, str], list[str]]


@pytest.fixture(scope="module", name="cluster")
def _cluster(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster, the environment of its user, and the settings that a stack needs there."""
    backend = tmp_path_factory.mktemp("backend")
    with prepare(Progress()) as host:
        host.ready("all")
        cell = cell_of("users", tools=host.tools, images=host.images)
        address = cell.start(Progress()).address
        settings = settings_of(host, address)
        environment = {
            "KUBECONFIG": str(cell.kubeconfig),
            "DOCKER_HOST": host.docker_host,
            "PULUMI_BACKEND_URL": f"file://{backend}",
            "PULUMI_CONFIG_PASSPHRASE": "users",
        }
    given = [f"{key}={json.dumps(value)}" for key, value in settings.items()]
    yield cell, environment, [argument for setting in given for argument in ("--set", setting)]
    cell.stop()


@pytest.fixture(scope="module", name="up")
def _up(lab: Lab, cluster: Cluster) -> Ran:
    _cell, environment, settings = cluster
    return lab.run("up", "--stack", "dev", *settings, env=environment)


def test_up_ends_with_the_table_on_the_users_cluster(up: Ran) -> None:
    """The same verdicts as on a cluster of the lab's."""
    assert up.code == 0, up.all
    assert verdicts(up.out)[1] == 0


def test_no_cluster_is_made_and_no_file_of_the_project_is_written(up: Ran) -> None:
    """No cell dev, and the stack file has no salt of a passphrase in it."""
    assert not (folders.state() / "cells" / "dev").exists()
    assert "encryptionsalt" not in (Path(__file__).parents[2] / "Pulumi.dev.yaml").read_text()


def test_down_destroys_the_stack_and_leaves_the_cluster(lab: Lab, cluster: Cluster, up: Ran) -> None:
    """The user's cluster runs on, without the stack."""
    cell, environment, _settings = cluster
    ended = lab.run("down", "--stack", "dev", env=environment)
    assert ended.code == 0, ended.all
    assert cell.running()
    names = cell.exec(["kubectl", "--kubeconfig", str(cell.kubeconfig), "get", "namespaces", "--output", "name"])
    assert "servicex" not in names.stdout
