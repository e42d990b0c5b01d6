"""The few Kubernetes kinds that a mesh's workloads are made of, written by hand, with the fields that are
used here.

May live here: those kinds and their parts. May not live here: the rest of the Kubernetes API. Fields that are
not typed are ignored when a document is decoded, so do not encode what was decoded from a cluster and apply
it again.
"""
