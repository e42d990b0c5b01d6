"""A service mesh as code: declare it as typed objects, preview what it will do, prove that traffic does it.

The packages are layers, and imports go down only (ARCHITECTURE.md draws them):

- `resources`: Pulumi component resources; the only package that imports pulumi.
- `experiments`: what requests must see in a declared mesh, measured; knows no pulumi.
- `manifests`: a declared mesh as the documents that Kubernetes and Istio read.
- `model`: the words a person declares a mesh in.
- `api`: every document kind as a frozen typed value.
"""
