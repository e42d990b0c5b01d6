"""Kubeconfig: contents or path in, the one cluster and user of the chosen context out."""

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from lab.standins.json_values import Json, JsonObject, mapping, sequence, text, truth
from lab.standins.refusals import RefusedError, not_covered

PLUGIN = "pulumi-resource-kubernetes"
USER_KEYS = frozenset(
    {"client-certificate", "client-certificate-data", "client-key", "client-key-data", "token", "tokenFile"}
)
CLUSTER_KEYS = frozenset({"server", "certificate-authority", "certificate-authority-data", "insecure-skip-tls-verify"})


@dataclass(frozen=True, kw_only=True)
class Access:
    """How to reach one API server: PEM bytes, a bearer token, the context's namespace ("" when it names none)."""

    server: str
    authority: bytes | None
    verify: bool
    certificate: bytes | None
    key: bytes | None
    token: str
    namespace: str


def load(kubeconfig: str, *, context: str = "", cluster: str = "", environment: Mapping[str, str]) -> Access:
    """The access that `kubeconfig` (contents, or path, or "" for KUBECONFIG and then ~/.kube/config) describes.

    Raises RefusedError when there is none, when the context does not exist, and for ways to sign in that are not covered.
    """
    content, folder = _read(kubeconfig, environment)
    try:
        parsed: Json = yaml.load(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise RefusedError(f"kubeconfig is neither a file that exists nor YAML: {error}") from error
    if not isinstance(parsed, dict):
        raise RefusedError(
            f"kubeconfig is neither a file that exists nor the contents of one: {kubeconfig[:80]!r}. "
            "Give the path of a kubeconfig file, or its contents."
        )
    chosen = context or text(parsed, "current-context")
    entry = mapping(_named(parsed, "contexts", chosen), "context")
    if not entry:
        allowed = ", ".join(text(item, "name") for item in sequence(parsed, "contexts")) or "none"
        raise RefusedError(f"kubeconfig has no context {chosen!r}; it has: {allowed}. Name one of them.")
    server = mapping(_named(parsed, "clusters", cluster or text(entry, "cluster")), "cluster")
    user = mapping(_named(parsed, "users", text(entry, "user")), "user")
    for key in server.keys() - CLUSTER_KEYS:
        raise not_covered(f"kubeconfig cluster setting {key!r}", plugin=PLUGIN)
    for key in user.keys() - USER_KEYS:
        raise not_covered(f"kubeconfig user setting {key!r}", plugin=PLUGIN)
    token = text(user, "token")
    if not token and text(user, "tokenFile"):
        token = (folder / text(user, "tokenFile")).read_text().strip()
    return Access(
        server=text(server, "server").rstrip("/"),
        authority=_pem(server, "certificate-authority", folder),
        verify=not truth(server, "insecure-skip-tls-verify"),
        certificate=_pem(user, "client-certificate", folder),
        key=_pem(user, "client-key", folder),
        token=token,
        namespace=text(entry, "namespace"),
    )


def contents(kubeconfig: str, environment: Mapping[str, str]) -> str:
    """The text of the kubeconfig that `load` would read; files it names relative to itself are made absolute."""
    content, folder = _read(kubeconfig, environment)
    parsed: Json = yaml.load(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for section, key in (("clusters", "cluster"), ("users", "user")):
        for item in sequence(parsed, section):
            entry = mapping(item, key)
            for name in ("certificate-authority", "client-certificate", "client-key", "tokenFile"):
                if text(entry, name):
                    entry[name] = str(folder / text(entry, name))
    return yaml.safe_dump(parsed)


def _read(kubeconfig: str, environment: Mapping[str, str]) -> tuple[str, Path]:
    if not kubeconfig:
        named = [part for part in environment.get("KUBECONFIG", "").split(os.pathsep) if part]
        home = Path(environment.get("HOME", "~")).expanduser()
        candidates = [Path(part) for part in named] or [home / ".kube" / "config"]
        for file in candidates:
            if file.is_file():
                return file.read_text(), file.parent
        looked = ", ".join(str(file) for file in candidates)
        raise RefusedError(
            f"there is no kubeconfig: looked for {looked}. Set the provider's kubeconfig or KUBECONFIG to a file."
        )
    if "\n" not in kubeconfig and not kubeconfig.lstrip().startswith("{"):
        file = Path(kubeconfig).expanduser()
        if file.is_file():
            return file.read_text(), file.parent
    return kubeconfig, Path.cwd()


def _named(parsed: JsonObject, section: str, name: str) -> Json:
    return next((item for item in sequence(parsed, section) if text(item, "name") == name), None)


def _pem(section: JsonObject, key: str, folder: Path) -> bytes | None:
    if inline := text(section, f"{key}-data"):
        return base64.b64decode(inline)
    if name := text(section, key):
        return (folder / name).read_bytes()
    return None
