"""Stand-ins for the three Pulumi parts that come only from Pulumi's own download server.

Here live the Python language host, the kubernetes plugin (with helm.v4.Chart) and the docker plugin, each speaking the
engine's gRPC protocol, and `install`, which puts them into a PULUMI_HOME unless the official ones are there. They keep
the official shape of state, so a stack can change over, and refuse by name what they do not cover.

Nothing of the mesh may live here: the stand-ins know Pulumi and Kubernetes only and import nothing of `components`.
"""
