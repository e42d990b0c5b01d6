"""Istio's control plane and ingress gateway."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NotRequired, TypedDict, cast

import pulumi
import pulumi_kubernetes as kubernetes

from components.manifests.istio import CHARTS, chart_source, chart_values, laid_over
from components.manifests.names import EGRESS_NAMESPACE, INGRESS_NAMESPACE, ROOT_NAMESPACE, ingress_host

CRD_KIND = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition"
WEBHOOK_KINDS = frozenset(
    f"kubernetes:admissionregistration.k8s.io/v1:{kind}WebhookConfiguration" for kind in ("Mutating", "Validating")
)
WAIT_FOR = "pulumi.com/waitFor"
CA_BUNDLE_FILLED = "jsonpath={.webhooks[0].clientConfig.caBundle}"


class IstioArgs(TypedDict):
    """How Istio is installed."""

    version: str
    """Version of the Helm charts, 1.30 or later."""
    charts: NotRequired[str]
    """A folder with the charts, used instead of the version."""
    gateway_service: NotRequired[str]
    """Type of the ingress gateway's Service; LoadBalancer when left out."""
    egress_gateway: NotRequired[bool]
    """Install the egress gateway too, which a mesh with an `EgressGateway` needs."""
    values: NotRequired[Mapping[str, Mapping[str, object]]]
    """Helm values on top of ours, by chart: base, istiod, gateway, egress."""
    mesh_config: NotRequired[Mapping[str, object]]
    """Part of Istio's mesh configuration; what `values` say of istiod's meshConfig wins."""
    protect: NotRequired[bool]
    """Keep namespaces and CRDs from being deleted; deleting a CRD deletes every object of its kind."""


class Istio(pulumi.ComponentResource):
    """The charts base (CRDs), istiod and gateway, each after the one before is ready; the last one twice with egress.

    What Istio validates may follow when this component is done: istiod answers and its webhooks carry its certificate
    (`caBundle`), which istiod itself fills in a moment after it is ready.

    Raises `pulumi.RunError` for values of a chart that does not exist.
    """

    gateway_host: pulumi.Output[str]
    """Where workloads in the cluster reach the ingress gateway."""

    def __init__(self, name: str, args: IstioArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        for chart in args.get("values", {}):
            if chart not in CHARTS:
                raise pulumi.RunError(f"values: there is no chart {chart!r}; the charts are {', '.join(CHARTS)}")
        super().__init__("servicex-mesh:index:Istio", name, {}, opts)
        protect = args.get("protect", False)
        system = self._namespace(ROOT_NAMESPACE, protect)
        ingress = self._namespace(INGRESS_NAMESPACE, protect)
        base = self._chart("base", ROOT_NAMESPACE, args, [system])
        istiod = self._chart("istiod", ROOT_NAMESPACE, args, [base])
        gateway = self._chart("gateway", INGRESS_NAMESPACE, args, [istiod, ingress])
        self.system = system
        """The namespace of the control plane, for what runs beside it and needs nothing of it."""
        self.ready: list[pulumi.Resource] = [base, istiod, gateway]
        """What objects that Istio validates or injects depend on."""
        if args.get("egress_gateway", False):
            out = self._namespace(EGRESS_NAMESPACE, protect)
            self.ready.append(self._chart("egress", EGRESS_NAMESPACE, args, [istiod, out]))
        # Known once there is a gateway, so that whoever asks for it waits.
        self.gateway_host = gateway.urn.apply(lambda _: ingress_host())
        self.register_outputs({"gatewayHost": self.gateway_host})

    def _namespace(self, name: str, protect: bool) -> pulumi.Resource:
        return cast(
            "pulumi.Resource",
            kubernetes.core.v1.Namespace(
                name, metadata={"name": name}, opts=pulumi.ResourceOptions(parent=self, protect=protect)
            ),
        )

    def _chart(self, chart: str, namespace: str, args: IstioArgs, depends_on: list[pulumi.Resource]) -> pulumi.Resource:
        source = chart_source(chart, version=args["version"], folder=args.get("charts", ""))
        values = chart_values(
            chart,
            gateway_service=args.get("gateway_service", "LoadBalancer"),
            mesh_config=args.get("mesh_config"),
        )
        return cast(
            "pulumi.Resource",
            kubernetes.helm.v4.Chart(
                CHARTS[chart].release,
                chart=source.chart,
                version=source.version,
                repository_opts={"repo": source.repository} if source.repository else None,
                namespace=namespace,
                values=laid_over(values, args.get("values", {}).get(chart, {})),
                opts=pulumi.ResourceOptions(
                    parent=self, depends_on=depends_on, transforms=[_child_options(chart, args.get("protect", False))]
                ),
            ),
        )


def _child_options(chart: str, protect: bool) -> pulumi.ResourceTransform:
    """Options and waits for the chart's objects, which no option of the chart itself reaches."""

    def transform(child: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
        if child.type_ == CRD_KIND and protect:
            opts = pulumi.ResourceOptions.merge(child.opts, pulumi.ResourceOptions(protect=True, retain_on_delete=True))
            return pulumi.ResourceTransformResult(props=child.props, opts=opts)
        # Only istiod's own: the one in chart base is there before istiod is, and waiting for it would wait forever.
        if child.type_ in WEBHOOK_KINDS and chart == "istiod":
            metadata = dict(cast("Mapping[str, object]", child.props["metadata"]))
            annotations = dict(cast("Mapping[str, str]", metadata.get("annotations") or {}))
            metadata["annotations"] = {**annotations, WAIT_FOR: CA_BUNDLE_FILLED}
            return pulumi.ResourceTransformResult(props={**child.props, "metadata": metadata}, opts=child.opts)
        return None

    return transform
