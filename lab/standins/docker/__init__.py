"""The stand-in for `pulumi-resource-docker`: `docker:index/image:Image`, built and pushed by the docker command.

Nothing but images may live here; every other resource of the provider is refused by name.
"""
