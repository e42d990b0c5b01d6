"""M0935: a ReferenceGrant is for a namespace that is not there."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.ambient import grant_to_unknown_namespace
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.documents import service

found_in = partial(findings_of, grant_to_unknown_namespace)

GRANT = """---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: a, namespace: bank}
spec:
  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}]
  to: [{group: '', kind: Service}]
"""


def test_a_namespace_of_which_nothing_is_said_is_reported() -> None:
    (found,) = found_in(GRANT, complete=True)
    assert (found.code, found.field, found.severity) == ("M0935", "spec.from[0].namespace", Severity.WARNING)
    assert [each.severity for each in found_in(GRANT)] == [Severity.INFO]


def test_one_that_something_is_in_is_there() -> None:
    assert not found_in(GRANT + service(), complete=True)
