"""Pulumi component resources: what is made in a cluster and a registry. The only package that imports pulumi.

A component wires: it registers what `components.manifests` thought out, in the order that is right by construction.
Judgement about a mesh does not live here, nor do names.
"""

from components.resources.addons import Addons, AddonsArgs
from components.resources.certificates import CertificatePEM
from components.resources.image import Image, ImageArgs
from components.resources.istio import Istio, IstioArgs
from components.resources.mesh import MeshResources, MeshResourcesArgs, workloads_by_name
from components.resources.stack import deploy, export_mesh, stack_settings
from components.resources.workload import WorkloadResources, WorkloadResourcesArgs

__all__ = [
    "Addons",
    "AddonsArgs",
    "CertificatePEM",
    "Image",
    "ImageArgs",
    "Istio",
    "IstioArgs",
    "MeshResources",
    "MeshResourcesArgs",
    "WorkloadResources",
    "WorkloadResourcesArgs",
    "deploy",
    "export_mesh",
    "stack_settings",
    "workloads_by_name",
]
