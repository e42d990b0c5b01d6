"""Names, ids and annotations of Kubernetes objects as Pulumi keeps them."""

import copy
import hashlib
import os

from lab.standins.json_values import JsonObject, mapping, text
from lab.standins.kubernetes.kubeconfig import PLUGIN
from lab.standins.properties import UNKNOWN
from lab.standins.refusals import RefusedError, not_covered

AUTONAMED = "pulumi.com/autonamed"
SKIP_AWAIT = "pulumi.com/skipAwait"
WAIT_FOR = "pulumi.com/waitFor"
TIMEOUT_SECONDS = "pulumi.com/timeoutSeconds"
PATCH_FORCE = "pulumi.com/patchForce"
FIELD_MANAGER = "pulumi.com/patchFieldManager"
DELETION_POLICY = "pulumi.com/deletionPropagationPolicy"
KNOWN_ANNOTATIONS = frozenset(
    {AUTONAMED, SKIP_AWAIT, WAIT_FOR, TIMEOUT_SECONDS, PATCH_FORCE, FIELD_MANAGER, DELETION_POLICY}
)

# Kinds of Kubernetes' own groups that live outside namespaces (`kubectl api-resources --namespaced=false`, 1.35), so
# that a preview knows them without a cluster.
CLUSTER_KINDS = frozenset(
    {
        "APIService", "CSIDriver", "CSINode", "CertificateSigningRequest", "ClusterRole", "ClusterRoleBinding",
        "ClusterTrustBundle", "ComponentStatus", "CustomResourceDefinition", "DeviceClass", "FlowSchema", "IPAddress",
        "IngressClass", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding", "MutatingWebhookConfiguration",
        "Namespace", "Node", "PersistentVolume", "PriorityClass", "PriorityLevelConfiguration", "ResourceSlice",
        "RuntimeClass", "SelfSubjectAccessReview", "SelfSubjectReview", "SelfSubjectRulesReview", "ServiceCIDR",
        "StorageClass", "StorageVersionMigration", "SubjectAccessReview", "TokenReview", "ValidatingAdmissionPolicy",
        "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration", "VolumeAttachment",
        "VolumeAttributesClass",
    }
)  # fmt: skip


def built_in(api_version: str) -> bool:
    """Whether a group is Kubernetes' own: v1, apps/v1, rbac.authorization.k8s.io/v1."""
    group = api_version.rpartition("/")[0]
    return "." not in group or (group.endswith(".k8s.io") and group != "gateway.networking.k8s.io")


def token(api_version: str, kind: str) -> str:
    """Pulumi's type of a kind: kubernetes:core/v1:Service, kubernetes:apps/v1:Deployment."""
    return f"kubernetes:{api_version if '/' in api_version else f'core/{api_version}'}:{kind}"


def from_token(type_token: str) -> tuple[str, str]:
    """apiVersion and kind of a type; raises RefusedError for types that are no single object."""
    package, _, rest = type_token.partition(":")
    api_version, _, kind = rest.rpartition(":")
    group = api_version.rpartition("/")[0]
    overlay = group in {"helm.sh", "kustomize", "yaml"} or package != "kubernetes" or not api_version
    patch = kind.endswith("Patch") and kind != "Patch" and built_in(api_version)
    if overlay or patch or (kind.endswith("List") and built_in(api_version)):
        raise not_covered(f"resource type {type_token!r}", plugin=PLUGIN)
    return api_version.removeprefix("core/"), kind


def type_of(urn: str) -> str:
    """The type in a URN, without those of its parents."""
    return urn.split("::", 3)[2].rpartition("$")[2]


def name_of(urn: str) -> str:
    """The resource's name in a URN."""
    return urn.split("::", 3)[3]


def object_id(live: JsonObject) -> str:
    """ "namespace/name", or "name" of an object outside namespaces."""
    namespace, name = text(live, "metadata", "namespace"), text(live, "metadata", "name")
    return f"{namespace}/{name}" if namespace else name


def split_id(resource_id: str) -> tuple[str, str]:
    """Namespace ("" for none) and name of an id."""
    namespace, _, name = resource_id.rpartition("/")
    return namespace, name


def annotation(declared: JsonObject, name: str) -> str:
    return text(declared, "metadata", "annotations", name)


def refuse_annotations(declared: JsonObject) -> None:
    """Raise RefusedError for an annotation of pulumi.com that would be silently without effect."""
    for name in mapping(declared, "metadata", "annotations"):
        if name.startswith("pulumi.com/") and name not in KNOWN_ANNOTATIONS:
            raise not_covered(f"annotation {name!r}", plugin=PLUGIN)


def with_defaults(
    declared: JsonObject,
    *,
    old: JsonObject,
    urn: str,
    namespace: str | None,
    seed: bytes,
    proposed: str | None,
) -> JsonObject:
    """The inputs as they are kept: a name where none is given (the old one, where that was given here too) and a namespace.

    namespace: the one to use when none is declared; None for kinds outside namespaces.
    proposed: the engine's own automatic name; "" when automatic names are switched off; None when it has no opinion.
    """
    checked = copy.deepcopy(declared)
    metadata = checked.setdefault("metadata", {})
    if not isinstance(metadata, dict):
        if metadata == UNKNOWN:
            return checked
        raise RefusedError(f"metadata is {metadata!r}; it must be an object with name, namespace, labels, annotations.")
    if metadata.get("generateName"):
        raise not_covered("metadata.generateName", plugin=PLUGIN)
    if not metadata.get("name"):
        if annotation(old, AUTONAMED) == "true":
            name = text(old, "metadata", "name")
        elif proposed == "":
            raise RefusedError(
                "metadata.name is missing, and automatic naming is switched off: give the object a name."
            )
        else:
            name = proposed or f"{name_of(urn)}-{hashlib.sha256(seed or os.urandom(16)).hexdigest()[:8]}"
        metadata["name"] = name
        annotations = metadata.setdefault("annotations", {})
        if isinstance(annotations, dict):
            annotations[AUTONAMED] = "true"
    if namespace is not None and not metadata.get("namespace"):
        metadata["namespace"] = namespace
    return checked
