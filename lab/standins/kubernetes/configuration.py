"""The provider's configuration: what of the official provider's options is covered, and their environment variables."""

from collections.abc import Mapping
from dataclasses import dataclass

from lab.standins.json_values import JsonObject, text, truth
from lab.standins.kubernetes.kubeconfig import PLUGIN, Access, load
from lab.standins.refusals import RefusedError, not_covered

COVERED = frozenset(
    {
        "kubeconfig", "context", "cluster", "namespace", "clusterIdentifier", "enableServerSideApply",
        "enablePatchForce", "upsertExistingObjects", "enableConfigMapMutable", "enableSecretMutable",
        "deleteUnreachable", "kubeClientSettings", "suppressDeprecationWarnings", "suppressHelmHookWarnings",
    }
)  # fmt: skip
# The engine adds these to a provider's inputs itself.
ENGINE_KEYS = frozenset({"version", "pluginDownloadURL", "__internal"})
ENVIRONMENT = {
    "enableServerSideApply": "PULUMI_K8S_ENABLE_SERVER_SIDE_APPLY",
    "enablePatchForce": "PULUMI_K8S_ENABLE_PATCH_FORCE",
    "upsertExistingObjects": "PULUMI_K8S_UPSERT_EXISTING_OBJECTS",
    "enableConfigMapMutable": "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE",
    "enableSecretMutable": "PULUMI_K8S_ENABLE_SECRET_MUTABLE",
    "deleteUnreachable": "PULUMI_K8S_DELETE_UNREACHABLE",
}


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """One configured provider; `kubeconfig` is contents, a path, or "" for the environment's."""

    kubeconfig: str = ""
    context: str = ""
    cluster: str = ""
    namespace: str = ""
    patch_force: bool = False
    upsert: bool = False
    config_map_mutable: bool = False
    secret_mutable: bool = False
    delete_unreachable: bool = False

    def access(self, environment: Mapping[str, str]) -> Access:
        """The cluster this provider speaks to; raises RefusedError."""
        return load(self.kubeconfig, context=self.context, cluster=self.cluster, environment=environment)


def refusals(options: JsonObject) -> list[tuple[str, RefusedError]]:
    """Option name and refusal, for each option that is not covered."""
    found = [
        (name, not_covered(f"provider option {name!r}", plugin=PLUGIN))
        for name in options
        if name not in COVERED | ENGINE_KEYS
    ]
    if options.get("enableServerSideApply") in (False, "false"):
        found.append(
            (
                "enableServerSideApply",
                not_covered("provider option 'enableServerSideApply' = false", plugin=PLUGIN),
            )
        )
    return found


def configure(options: JsonObject, environment: Mapping[str, str]) -> Configuration:
    """A Configuration from a provider's inputs (words, as Pulumi sends them); raises RefusedError."""
    merged = {key: environment[name] for key, name in ENVIRONMENT.items() if environment.get(name)} | options
    for _, refusal in refusals(merged):
        raise refusal
    return Configuration(
        kubeconfig=text(merged, "kubeconfig"),
        context=text(merged, "context"),
        cluster=text(merged, "cluster"),
        namespace=text(merged, "namespace"),
        patch_force=truth(merged, "enablePatchForce"),
        upsert=truth(merged, "upsertExistingObjects"),
        config_map_mutable=truth(merged, "enableConfigMapMutable"),
        secret_mutable=truth(merged, "enableSecretMutable"),
        delete_unreachable=truth(merged, "deleteUnreachable"),
    )


def replaced_by(old: JsonObject, new: JsonObject, environment: Mapping[str, str]) -> list[str]:
    """The options whose change means another cluster, so that everything on the old one has to be replaced.

    `clusterIdentifier` decides alone when it is given; else the server's address does, which survives renewed
    certificates and moved files.
    """
    if "clusterIdentifier" in new or "clusterIdentifier" in old:
        return ["clusterIdentifier"] if old.get("clusterIdentifier") != new.get("clusterIdentifier") else []
    try:
        servers = [configure(options, environment).access(environment).server for options in (old, new)]
    except RefusedError:
        return []
    if servers[0] == servers[1]:
        return []
    return [name for name in ("kubeconfig", "context", "cluster") if old.get(name) != new.get(name)]
