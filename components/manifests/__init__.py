"""A declared mesh as the documents that Kubernetes and Istio read: model in, api values out.

The only place where objects become host names, labels and other strings. Pure: nothing here asks a cluster or registers
a resource. One module a kind of document; `documents` gathers them all.
"""

from components.manifests.documents import MeshDocuments, documents

__all__ = ["MeshDocuments", "documents"]
