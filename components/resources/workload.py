"""One workload in the cluster: account, Service, and a Deployment a version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NotRequired, TypedDict

import pulumi

from components.api import Document
from components.manifests import MeshDocuments
from components.model import Workload
from components.resources.findings import Findings
from components.resources.objects import register


class WorkloadResourcesArgs(TypedDict):
    """What runs."""

    workload: Workload
    documents: MeshDocuments
    image: pulumi.Input[str]
    """Reference of the image that every version runs, by digest."""
    findings: NotRequired[Findings]
    """Warnings about its documents."""


class WorkloadResources(pulumi.ComponentResource):
    """The workload's service account and Service, then its Deployments and their disruption budgets."""

    services: Mapping[str, pulumi.Resource]

    def __init__(self, name: str, args: WorkloadResourcesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("servicex-mesh:index:Workload", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        findings = args.get("findings", Findings())
        first = [register(document, child) for document in args["documents"].services[args["workload"]]]
        for document, resource in zip(args["documents"].services[args["workload"]], first, strict=True):
            findings.say(document, resource)
        after = pulumi.ResourceOptions(parent=self, depends_on=first[:1])
        for version, documents in args["documents"].deployments.items():
            if version.workload == args["workload"]:
                for document in documents:
                    findings.say(document, register(document, after, image=_image(document, args["image"])))
        self.register_outputs({})


def _image(document: Document, image: pulumi.Input[str]) -> pulumi.Input[str] | None:
    return image if document.kind == "Deployment" else None
