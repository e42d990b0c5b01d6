"""The pack through the real engine: what a preview and an update say, and when they refuse."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.lab.standins.conftest import Project, Run
from tests.policy.conftest import Preview

pytestmark = pytest.mark.lab

OWN = json.dumps({"mesh-findings": "disabled", "mesh-warnings": "disabled"})
"""The pack's own policies only."""
JOB = """
import pulumi, pulumi_kubernetes as k
k.core.v1.Namespace("shop", metadata={{"name": "shop", "labels": {{"istio-injection": "enabled"}}}})
k.core.v1.Service("servicex", metadata={{"name": "servicex", "namespace": "shop", "annotations": {{
    "pulumi.com/skipAwait": "true"}}}}, spec={{"selector": {{"app": "servicex"}}, "ports": [{{"port": 80}}]}})
k.batch.v1.CronJob("servicex", metadata={{"name": "servicex", "namespace": "shop"}}, spec={{
    "schedule": "0 0 1 1 *", "job_template": {{"spec": {{"template": {{"spec": {{
        "restart_policy": "Never", "containers": [{{"name": "servicex", "image": {image}}}]}}}}}}}}}})
"""
"""It is made at once, for it runs nothing."""
MADE = "kubernetes:batch/v1:CronJob"
TAG, DIGEST = "'servicex:1.2'", f"'servicex@sha256:{'0' * 64}'"


def said(run: Run) -> set[tuple[str, str]]:
    """Level and policy of all that the pack said."""
    return set(re.findall(r"- \[(\w+)\]\s+([a-z-]+)", run.output))


def mandatory(run: Run) -> set[str]:
    return {policy for level, policy in said(run) if level == "mandatory"}


@pytest.fixture(name="own")
def _own(tmp_path: Path) -> str:
    """A file that leaves the pack's own policies on."""
    file = tmp_path / "own.json"
    file.write_text(OWN)
    return str(file)


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_the_programs_stacks_pass_as_they_are(preview: Preview, stack: str) -> None:
    """Dev rehearses failures and takes plain text, and is not production; what is only advice stands in the report."""
    run = preview(stack)
    assert run.code == 0, run.output
    assert mandatory(run) == set()
    assert ("advisory", "timeout-on-every-workload") in said(run)
    assert "could not tell about Deployment servicex/servicex-200, spec.template.spec.containers[0].image" in run.output


def test_a_production_stack_that_rehearses_failures_and_takes_plain_text_is_refused(preview: Preview) -> None:
    """Before anything is made, with the object, the field, the value and what to do.

    The program refuses to rehearse where its own `production` is true; the pack does not ask it.
    """
    run = preview("prod", production=False, rehearseFailures=True, mutualTLS="PERMISSIVE")
    assert run.code != 0
    assert mandatory(run) == {"no-fault-in-prod", "strict-mtls"}
    assert (
        "VirtualService servicex/a.mesh.example, spec.http[1].fault: rule abort injects an abort with 500, and stack 'prod'"
        in run.output
    )
    assert "PeerAuthentication istio-system/default, spec.mtls.mode: PERMISSIVE takes plain text too." in run.output


def test_levels_and_stacks_are_the_configurations(preview: Preview) -> None:
    """What refuses by default only advises, and what is dev by default is production."""
    config = {"strict-mtls": {"enforcementLevel": "advisory", "stacks": ["dev"]}, "no-fault-in-prod": "disabled"}
    run = preview("dev", config=json.dumps(config))
    assert run.code == 0, run.output
    assert ("advisory", "strict-mtls") in said(run)
    refused = preview("dev", config=json.dumps({"no-fault-in-prod": {"stacks": ["d*"]}}))
    assert refused.code != 0
    assert mandatory(refused) == {"no-fault-in-prod"}


def test_a_configuration_with_an_unknown_key_is_refused_in_words(preview: Preview) -> None:
    run = preview("dev", config=json.dumps({"images-by-digest": {"alowed": ["a"]}}))
    assert run.code != 0
    assert (
        "the configuration of policy images-by-digest can not be used: Object contains unknown field `alowed`"
        in run.output
    )
    assert "Its keys are stacks, exempt, allowed" in run.output


def test_an_update_stops_before_the_object_is_made(project: Project, pack: Path, own: str) -> None:
    """A policy of objects looks at each before it is made, also where no preview came first; one of the stack at the end,
    at the objects as the server has them.
    """
    project.write(JOB.format(image=TAG))
    refused = project.run("up", "--yes", "--skip-preview", "--policy-pack", str(pack), "--policy-pack-config", own)
    assert refused.code != 0
    assert mandatory(refused) == {"images-by-digest"}
    assert MADE not in {resource["type"] for resource in project.resources()}
    project.write(JOB.format(image=DIGEST))
    made = project.run("up", "--yes", "--skip-preview", "--policy-pack", str(pack), "--policy-pack-config", own)
    assert made.code == 0, made.output
    assert said(made) == {("advisory", "breaker-on-every-workload")}
    assert "Service shop/servicex, metadata.name: no DestinationRule" in made.output
    assert MADE in {resource["type"] for resource in project.resources()}


@pytest.mark.parametrize(
    ("image", "refused"),
    [(f"pulumi.Output.secret({TAG})", True), (f"pulumi.Output.secret({DIGEST})", False)],
    ids=["a secret tag", "a secret digest"],
)
def test_a_secret_is_judged_as_what_it_is(
    bare_project: Project, pack: Path, own: str, image: str, *, refused: bool
) -> None:
    """The SDK hands it over in plain."""
    bare_project.write(JOB.format(image=image))
    run = bare_project.run("preview", "--policy-pack", str(pack), "--policy-pack-config", own)
    assert (run.code != 0) is refused, run.output
    assert mandatory(run) == ({"images-by-digest"} if refused else set())
