"""`helm template`: a chart and its values in, Kubernetes objects out."""

import os
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from lab.standins.json_values import Json, JsonObject, sequence, text
from lab.standins.refusals import RefusedError

Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ManifestLoader(Loader):  # type: ignore[valid-type, misc]
    """YAML as Kubernetes reads it: a date stays a string, and "=" is no more than a character."""


ManifestLoader.yaml_implicit_resolvers = {
    first: [(tag, expression) for tag, expression in rules if tag.rpartition(":")[2] not in ("timestamp", "value")]
    for first, rules in Loader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, kw_only=True)
class Release:
    """What to render: `chart` is a path or a name in `repository`; `files` are the contents of values files."""

    name: str
    chart: str
    namespace: str
    version: str = ""
    repository: str = ""
    username: str = ""
    password: str = ""
    values: JsonObject = field(default_factory=dict)
    files: tuple[str, ...] = ()
    skip_definitions: bool = False
    development: bool = False
    plain_http: bool = False
    dependency_update: bool = False


def render(release: Release, *, helm: str, kubeconfig: str, context: str) -> list[JsonObject]:
    """The release's objects, definitions first, without hooks; raises RefusedError with helm's own words.

    kubeconfig: contents of the one whose cluster answers the chart's lookups; "" for none, then they find nothing.
    """
    with tempfile.TemporaryDirectory(prefix="lab-helm-") as scratch:
        folder = Path(scratch)
        folder.chmod(0o700)
        command = [
            helm,
            "template",
            release.name,
            release.chart,
            "--namespace",
            release.namespace,
            "--no-hooks",
        ]
        for at, content in enumerate((*release.files, yaml.safe_dump(release.values))):
            file = folder / f"values-{at}.yaml"
            file.write_text(content)
            command += ["--values", str(file)]
        command += _flags(release)
        if kubeconfig:
            file = folder / "kubeconfig"
            file.write_text(kubeconfig)
            command += ["--dry-run=server", "--kubeconfig", str(file)]
            command += ["--kube-context", context] if context else []
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))
        except OSError as error:
            raise RefusedError(
                f"{helm} cannot be run ({error}); charts need helm: install it or put it on PATH."
            ) from error
    if done.returncode != 0:
        raise RefusedError(f"helm template {release.name} {release.chart} failed: {done.stderr.strip()}")
    return parse(done.stdout)


def parse(manifests: str) -> list[JsonObject]:
    """The objects of a stream of YAML documents; empty documents and Lists are resolved."""
    found: list[JsonObject] = []
    for document in yaml.load_all(manifests, Loader=ManifestLoader):
        found += _objects(document)
    return found


def _objects(document: Json) -> list[JsonObject]:
    if not isinstance(document, dict) or not document:
        return []
    if text(document, "kind") == "List":
        return [item for item in sequence(document, "items") if isinstance(item, dict)]
    return [document]


def _flags(release: Release) -> Sequence[str]:
    flags = [] if release.skip_definitions else ["--include-crds"]
    for flag, value in (
        ("--version", release.version),
        ("--repo", release.repository),
        ("--username", release.username),
        ("--password", release.password),
    ):
        flags += [flag, value] if value else []
    for flag, on in (
        ("--devel", release.development),
        ("--plain-http", release.plain_http),
        ("--dependency-update", release.dependency_update),
    ):
        flags += [flag] if on else []
    return flags
