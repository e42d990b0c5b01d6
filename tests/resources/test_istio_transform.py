"""What the Istio component changes on a chart's objects, which no option of the chart reaches."""

from __future__ import annotations

import pulumi
import pytest

from components.resources.istio import CA_BUNDLE_FILLED, CRD_KIND, WAIT_FOR, _child_options

WEBHOOK = "kubernetes:admissionregistration.k8s.io/v1:MutatingWebhookConfiguration"


def transformed(chart: str, kind: str, *, protect: bool) -> pulumi.ResourceTransformResult | None:
    child = pulumi.ResourceTransformArgs(
        custom=True,
        type_=kind,
        name="child",
        props={"metadata": {"name": "child", "annotations": {"kept": "yes"}}},
        opts=pulumi.ResourceOptions(),
    )
    result = _child_options(chart, protect)(child)
    assert result is None or isinstance(result, pulumi.ResourceTransformResult)
    return result


def test_istiods_webhooks_are_waited_for_until_they_carry_its_certificate() -> None:
    """The annotation joins those of the chart."""
    result = transformed("istiod", WEBHOOK, protect=False)
    assert result is not None
    assert result.props["metadata"]["annotations"] == {"kept": "yes", WAIT_FOR: CA_BUNDLE_FILLED}


def test_the_webhook_of_chart_base_is_not_waited_for() -> None:
    """istiod fills it, and istiod is installed after base."""
    assert transformed("base", WEBHOOK, protect=False) is None


def test_crds_of_a_protected_stack_outlive_it() -> None:
    """Deleting a CRD deletes every object of its kind, those of others too."""
    result = transformed("base", CRD_KIND, protect=True)
    assert result is not None
    assert result.opts.protect
    assert result.opts.retain_on_delete


@pytest.mark.parametrize("kind", [CRD_KIND, "kubernetes:apps/v1:Deployment"])
def test_everything_else_is_left_as_the_chart_has_it(kind: str) -> None:
    """Without protection no object of base changes."""
    assert transformed("base", kind, protect=False) is None
