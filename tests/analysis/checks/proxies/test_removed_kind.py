"""M0711: a CustomResourceDefinition is of a kind that Istio has removed."""

from __future__ import annotations

from components.analysis.checks.proxies import removed_kind
from tests.analysis.checking import findings_of
from tests.analysis.objects import written


def definition(group: str, kind: str) -> str:
    spec = {"group": group, "names": {"kind": kind}}
    return written("CustomResourceDefinition", "a", None, spec, api="apiextensions.k8s.io/v1")


def test_each_kind_of_the_old_group_is_reported() -> None:
    for kind in ("ClusterRbacConfig", "RbacConfig", "ServiceRole", "ServiceRoleBinding"):
        (found,) = findings_of(removed_kind, definition("rbac.istio.io", kind))
        assert (found.istio, found.kind) == ("IST0002", "CustomResourceDefinition")


def test_other_groups_are_not() -> None:
    assert not findings_of(removed_kind, definition("rbac.authorization.k8s.io", "ServiceRole"))
    assert not findings_of(removed_kind, definition("rbac.istio.io", "Other"))
