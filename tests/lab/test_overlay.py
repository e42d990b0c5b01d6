"""What the lab lays over a stack's file, and that the file in the project is never written."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from lab import example
from lab.errors import LabError
from lab.overlay import PROJECT, addon_settings, lab_settings, write_stack_file
from lab.program import own_environment
from lab.progress import Progress
from lab.stack import given_settings
from lab.target import own_cluster

ROOT = Path(__file__).parents[2]


@pytest.fixture(name="stack_file")
def _stack_file(tmp_path: Path) -> Path:
    file = tmp_path / "Pulumi.dev.yaml"
    file.write_text("config:\n  servicex-mesh:replicas: 3\n  servicex-mesh:domain: mine.test\n")
    return file


def test_the_lab_knows_the_projects_name() -> None:
    """Its settings carry the prefix that Pulumi expects."""
    assert yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["name"] == PROJECT


def test_every_setting_of_the_lab_is_one_of_the_project() -> None:
    """A key that the program does not know would stop every `make up`."""
    images = {"registry": "r", "builder": "b", "load-client": "c"}
    settings = lab_settings(hub="h", tag="t", address="198.18.0.2", charts=Path("/charts"), images=images)
    settings |= addon_settings(addons=["jaeger"], manifests=Path("/addons"), images={"jaeger": "j"})
    assert set(settings) <= set(yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["config"])
    assert settings["istioValues"]["gateway"]["service"]["externalIPs"] == ["198.18.0.2"]


def test_request_counters_are_kept_where_prometheus_reads_them() -> None:
    """And only there: every other stack's proxies are told what they were told before."""
    plain, read = (
        lab_settings(
            hub="h",
            tag="t",
            address="198.18.0.2",
            charts=Path("/charts"),
            images={"registry": "r", "builder": "b", "load-client": "c"},
            addons=addons,
        )["istioValues"]["istiod"]
        for addons in (["jaeger"], ["prometheus"])
    )
    assert "meshConfig" not in plain
    assert "http.inbound" in read["meshConfig"]["defaultConfig"]["proxyStatsMatcher"]["inclusionPrefixes"]


def test_the_overlay_wins_and_the_rest_stays(stack_file: Path, tmp_path: Path) -> None:
    """Settings laid over the file's; those of other namespaces beside them; the file itself as it was."""
    before = stack_file.read_text()
    target = tmp_path / "state" / "Pulumi.dev.yaml"
    write_stack_file(stack_file, target, settings={"replicas": 2}, extra={"kubernetes:x": "true"})
    assert yaml.safe_load(target.read_text())["config"] == {
        "servicex-mesh:replicas": 2,
        "servicex-mesh:domain": "mine.test",
        "kubernetes:x": "true",
    }
    assert stack_file.read_text() == before


def test_the_salt_that_pulumi_wrote_is_kept(stack_file: Path, tmp_path: Path) -> None:
    """Without it the secrets in the state could not be read any more."""
    target = tmp_path / "Pulumi.dev.lab.yaml"
    target.write_text("encryptionsalt: v1:abc\nconfig: {}\n")
    write_stack_file(stack_file, target, settings={}, extra={})
    assert yaml.safe_load(target.read_text())["encryptionsalt"] == "v1:abc"


def test_a_passphrase_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    """The second environment names the same file, which others can not read."""
    first = own_environment(folder=tmp_path, base={})
    file = Path(first["PULUMI_CONFIG_PASSPHRASE_FILE"])
    made = file.read_text()
    assert own_environment(folder=tmp_path, base={}) == first
    assert file.read_text() == made
    assert file.stat().st_mode & 0o077 == 0


def test_what_the_user_set_stays(tmp_path: Path) -> None:
    """A backend and a passphrase of the user's are used, and none of ours is made."""
    base = {"PULUMI_BACKEND_URL": "s3://mine", "PULUMI_CONFIG_PASSPHRASE": "mine"}
    assert own_environment(folder=tmp_path, base=base) == base
    assert list(tmp_path.iterdir()) == []


def test_a_setting_without_a_value_is_refused() -> None:
    """`--set replicas` names the form."""
    with pytest.raises(LabError, match="--set is given 'replicas'; give KEY=VALUE"):
        given_settings(["replicas"])


def test_settings_keep_their_types() -> None:
    """Numbers and booleans are read as YAML reads them."""
    assert given_settings(["canaryWeight=25", "production=false", "domain=a.test", "registryUsername="]) == {
        "canaryWeight": 25,
        "production": False,
        "domain": "a.test",
        "registryUsername": "",
    }


def test_settings_of_an_example_are_its_own_projects_and_stay(tmp_path: Path) -> None:
    """Without a stack file in the project, what was written before is what is laid under."""
    file = tmp_path / "Pulumi.dev.yaml"
    write_stack_file(None, file, settings={"image": "a"}, extra={}, project="bookinfo")
    write_stack_file(file, file, settings={"clientImage": "b"}, extra={}, project="bookinfo")
    assert yaml.safe_load(file.read_text()) == {"config": {"bookinfo:image": "a", "bookinfo:clientImage": "b"}}


def test_an_example_that_is_none_is_refused() -> None:
    """The error names those that are there; nothing is looked for in a cluster."""
    with pytest.raises(LabError, match="There is no example 'bokinfo'; the examples are bookinfo, guarded, "):
        example.up("bokinfo", "dev", Progress(), more=())


def test_a_kubeconfig_that_is_no_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """And none at all means that the lab makes a cluster."""
    monkeypatch.setenv("KUBECONFIG", "/nowhere/config")
    with pytest.raises(LabError, match="KUBECONFIG is /nowhere/config, which is no file"):
        own_cluster()
    monkeypatch.setenv("KUBECONFIG", "")
    assert own_cluster() is None
