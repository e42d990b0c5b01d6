"""Which changes need a new object instead of an update."""

from collections.abc import Iterable

from lab.standins.json_values import JsonObject, Path, text
from lab.standins.kubernetes.configuration import Configuration
from lab.standins.kubernetes.diff import Difference
from lab.standins.kubernetes.objects import AUTONAMED, annotation

# apiVersion's group and kind -> the fields whose change the API server refuses, or which Pulumi replaces so that
# their readers restart (ConfigMap and Secret). From the API reference's "immutable" fields.
FIELDS: dict[tuple[str, str], tuple[Path, ...]] = {
    ("", "ConfigMap"): (("data",), ("binaryData",), ("immutable",)),
    ("", "Secret"): (("data",), ("stringData",), ("type",), ("immutable",)),
    ("", "Service"): (("spec", "clusterIP"),),
    ("", "PersistentVolumeClaim"): (
        ("spec", "accessModes"), ("spec", "selector"), ("spec", "storageClassName"), ("spec", "volumeName"),
        ("spec", "volumeMode"), ("spec", "dataSource"),
    ),
    ("apps", "Deployment"): (("spec", "selector"),),
    ("apps", "DaemonSet"): (("spec", "selector"),),
    ("apps", "ReplicaSet"): (("spec", "selector"),),
    ("apps", "StatefulSet"): (
        ("spec", "selector"), ("spec", "serviceName"), ("spec", "podManagementPolicy"), ("spec", "volumeClaimTemplates"),
    ),
    ("batch", "Job"): (("spec", "selector"), ("spec", "template"), ("spec", "completions"), ("spec", "completionMode")),
    ("rbac.authorization.k8s.io", "ClusterRoleBinding"): (("roleRef",),),
    ("rbac.authorization.k8s.io", "RoleBinding"): (("roleRef",),),
    ("storage.k8s.io", "StorageClass"): (
        ("provisioner",), ("parameters",), ("reclaimPolicy",), ("volumeBindingMode",),
    ),
}  # fmt: skip
IDENTITY: tuple[Path, ...] = (("kind",), ("metadata", "name"), ("metadata", "namespace"))


def replacing(
    found: Iterable[Difference], *, declared: JsonObject, configuration: Configuration
) -> tuple[Difference, ...]:
    """The differences that need a new object, for the inputs `declared`."""
    group, kind = text(declared, "apiVersion").rpartition("/")[0], text(declared, "kind")
    fields = FIELDS.get((group, kind), ())
    if (kind == "ConfigMap" and configuration.config_map_mutable) or (
        kind == "Secret" and configuration.secret_mutable
    ):
        fields = ()
    paths = (*IDENTITY, *fields)
    return tuple(item for item in found if any(_touches(item.path, path) for path in paths))


def delete_first(*, old: JsonObject, new: JsonObject) -> bool:
    """Whether the old object has to go before the new one can be: both would have the name the program gave."""
    same = all(text(old, "metadata", field) == text(new, "metadata", field) for field in ("name", "namespace"))
    return same and annotation(new, AUTONAMED) != "true"


def _touches(path: Path, field: Path) -> bool:
    shared = min(len(path), len(field))
    return path[:shared] == field[:shared]
