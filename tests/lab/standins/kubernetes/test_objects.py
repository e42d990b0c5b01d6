"""Names, ids, configuration and kubeconfig."""

import json
from pathlib import Path

import pytest

from lab.standins.json_values import JsonObject
from lab.standins.kubernetes.children import plan, secret_paths, secret_words
from lab.standins.kubernetes.configuration import configure, refusals, replaced_by
from lab.standins.kubernetes.helm import parse
from lab.standins.kubernetes.kubeconfig import load
from lab.standins.kubernetes.objects import from_token, refuse_annotations, token, with_defaults
from lab.standins.kubernetes.state import checkpoint, live_inputs
from lab.standins.properties import Properties
from lab.standins.refusals import RefusedError

URN = "urn:pulumi:test::project::kubernetes:core/v1:ConfigMap::settings"


def _kubeconfig(server: str) -> str:
    return json.dumps(
        {
            "current-context": "c",
            "contexts": [{"name": "c", "context": {"cluster": "k", "user": "u", "namespace": "shop"}}],
            "clusters": [{"name": "k", "cluster": {"server": server}}],
            "users": [{"name": "u", "user": {"token": "t"}}],
        }
    )


@pytest.mark.parametrize(
    "type_token",
    [
        "kubernetes:helm.sh/v3:Release", "kubernetes:core/v1:ConfigMapPatch", "kubernetes:core/v1:PodList",
        "kubernetes:kustomize/v2:Directory", "kubernetes:yaml/v2:ConfigGroup",
    ],
    ids=["release", "patch", "list", "kustomize", "yaml"],
)  # fmt: skip
def test_types_that_are_not_covered_are_refused_by_name(type_token: str) -> None:
    """Nothing is silently done otherwise than officially."""
    with pytest.raises(RefusedError, match=type_token.rpartition(":")[2]):
        from_token(type_token)


@pytest.mark.parametrize(
    ("api_version", "kind", "shown"),
    [
        ("v1", "Service", "kubernetes:core/v1:Service"),
        ("apps/v1", "Deployment", "kubernetes:apps/v1:Deployment"),
        ("networking.istio.io/v1", "Gateway", "kubernetes:networking.istio.io/v1:Gateway"),
    ],
    ids=["core", "group", "custom"],
)
def test_a_type_names_group_version_and_kind(api_version: str, kind: str, shown: str) -> None:
    """Types go both ways."""
    assert token(api_version, kind) == shown
    assert from_token(shown) == (api_version, kind)


def test_a_name_of_its_own_stays_over_updates() -> None:
    """Without a name the object gets one once, and says so."""
    declared: JsonObject = {"metadata": {}}
    first = with_defaults(declared, old={}, urn=URN, namespace="shop", seed=b"1", proposed=None)
    again = with_defaults(declared, old=first, urn=URN, namespace="shop", seed=b"2", proposed=None)
    metadata = first["metadata"]
    assert isinstance(metadata, dict)
    assert str(metadata["name"]).startswith("settings-")
    assert metadata["annotations"] == {"pulumi.com/autonamed": "true"}
    assert metadata["namespace"] == "shop"
    assert again == first


def test_a_given_name_and_namespace_are_left_alone() -> None:
    """Defaults are for what is not given; the inputs given are not changed in place."""
    declared: JsonObject = {"metadata": {"name": "a", "namespace": "b"}}
    assert with_defaults(declared, old={}, urn=URN, namespace="shop", seed=b"", proposed=None) == declared


def test_an_unknown_annotation_of_pulumi_is_refused_by_name() -> None:
    """It would be without effect, and the program would rely on it."""
    with pytest.raises(RefusedError, match="replaceUnready"):
        refuse_annotations({"metadata": {"annotations": {"pulumi.com/replaceUnready": "true"}}})


@pytest.mark.parametrize(
    "options",
    [{"renderYamlToDirectory": "x"}, {"enableServerSideApply": "false"}, {"helmReleaseSettings": "{}"}],
    ids=["render", "client-side apply", "releases"],
)
def test_provider_options_that_are_not_covered_are_refused_by_name(options: JsonObject) -> None:
    """The refusal names the option, so that it can be taken out."""
    assert [name for name, _ in refusals(options)] == list(options)


def test_options_come_from_the_environment_too_and_the_program_wins() -> None:
    """The official variables switch healing on without a change of the program."""
    environment = {"PULUMI_K8S_UPSERT_EXISTING_OBJECTS": "true", "PULUMI_K8S_ENABLE_PATCH_FORCE": "true"}
    found = configure({"enablePatchForce": "false"}, environment)
    assert (found.upsert, found.patch_force) == (True, False)


def test_another_server_replaces_and_a_moved_file_does_not(tmp_path: Path) -> None:
    """Only another cluster makes the objects on the old one foreign."""
    one, moved, other = tmp_path / "one", tmp_path / "moved", tmp_path / "other"
    for file, server in ((one, "https://a:1"), (moved, "https://a:1"), (other, "https://b:1")):
        file.write_text(_kubeconfig(server))
    assert replaced_by({"kubeconfig": str(one)}, {"kubeconfig": str(moved)}, {}) == []
    assert replaced_by({"kubeconfig": str(one)}, {"kubeconfig": str(other)}, {}) == ["kubeconfig"]


def test_a_kubeconfig_is_contents_or_path_or_environment(tmp_path: Path) -> None:
    """All three lead to the same access."""
    file = tmp_path / "config"
    file.write_text(_kubeconfig("https://a:1"))
    found = [load(text, environment={"KUBECONFIG": str(file)}) for text in (str(file), file.read_text(), "")]
    assert found[0] == found[1] == found[2]
    assert (found[0].server, found[0].namespace, found[0].token) == ("https://a:1", "shop", "t")


def test_a_missing_context_names_those_there_are() -> None:
    """The message says what is allowed."""
    with pytest.raises(RefusedError, match="'other'; it has: c"):
        load(_kubeconfig("https://a:1"), context="other", environment={})


def test_sign_in_by_a_program_is_refused_by_name() -> None:
    """exec plugins are not covered."""
    content = _kubeconfig("https://a:1").replace('"token": "t"', '"exec": {"command": "x"}')
    with pytest.raises(RefusedError, match="'exec'"):
        load(content, environment={})


def test_a_secrets_data_is_secret_in_state_and_inputs() -> None:
    """Whatever the program says, and in both places."""
    live: JsonObject = {"apiVersion": "v1", "kind": "Secret", "data": {"a": "eA=="}}
    state = checkpoint(live=live, declared=Properties(values=live), manager="m", old={})
    assert {("data",), ("__inputs", "data")} <= state.secrets
    assert state.values["__fieldManager"] == "m"
    assert state.values["__initialApiVersion"] == "v1"


def test_drift_is_sought_in_the_declared_fields_only() -> None:
    """What a controller added is no drift; what was changed is."""
    declared: JsonObject = {"spec": {"replicas": 2, "containers": [{"name": "a", "image": "x"}]}}
    sidecar: JsonObject = {"name": "proxy"}
    live: JsonObject = {
        "spec": {"replicas": 5, "containers": [sidecar, {"name": "a", "image": "x", "tty": False}], "f": 1}
    }
    assert live_inputs(declared, live) == {"spec": {"replicas": 5, "containers": [{"name": "a", "image": "x"}]}}


def test_a_charts_objects_come_after_what_they_need() -> None:
    """Definition before custom resource, namespace before what is in it."""
    objects: list[JsonObject] = [
        {"apiVersion": "e.org/v1", "kind": "Widget", "metadata": {"name": "w"}},
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}},
        {
            "apiVersion": "apiextensions.k8s.io/v1",
            "kind": "CustomResourceDefinition",
            "metadata": {"name": "widgets.e.org"},
            "spec": {"group": "e.org", "names": {"kind": "Widget"}},
        },
    ]
    children = plan(
        objects, prefix="c", namespaced=lambda item: item["kind"] == "Widget", namespace="shop", skip_await=False
    )
    assert [child.name for child in children] == ["c:shop", "c:widgets.e.org", "c:shop/w"]
    assert sorted(children[2].needs) == [0, 1]


def test_a_secret_of_a_charts_values_stays_secret_in_its_objects() -> None:
    """Wherever the chart puts the word, also inside a longer text."""
    inputs = Properties(values={"values": {"password": "hush-hush"}}, secrets=frozenset({("values", "password")}))
    child: JsonObject = {"spec": {"args": ["--quiet", "--password=hush-hush"]}}
    assert secret_paths(child, secret_words(inputs)) == {("spec", "args", 1)}


def test_manifests_are_read_as_kubernetes_reads_them() -> None:
    """A date stays a string, an equals sign a character, and empty documents are none."""
    assert parse("---\n# nothing\n---\na: 2026-01-01\nb: =\n") == [{"a": "2026-01-01", "b": "="}]
