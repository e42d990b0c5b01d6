"""An image built from a folder, pushed to a registry, and named by its digest."""

from __future__ import annotations

from pathlib import Path
from typing import NotRequired, TypedDict

import pulumi
import pulumi_docker as docker

from components.resources.build_context import content_tag


class ImageArgs(TypedDict):
    """What an Image is made of."""

    context: str
    """The folder with the Dockerfile, relative to the program."""
    repository: str
    """Where it is pushed: registry, path and name, without a tag."""
    builder: str
    """The image that the Dockerfile's build argument BUILDER names."""
    username: NotRequired[pulumi.Input[str]]
    """Who pushes; left out, the Docker client's own credentials are used."""
    password: NotRequired[pulumi.Input[str]]
    """The secret to push with; it is kept as a secret."""


class Image(pulumi.ComponentResource):
    """An image tagged by the content of its context, so unchanged sources build nothing and change nothing.

    Output `reference` is `repository@sha256:...`: what runs is what was pushed, whatever a tag says later.

    Raises `pulumi.RunError` when the context has no Dockerfile.
    """

    reference: pulumi.Output[str]

    def __init__(self, name: str, args: ImageArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("servicex-mesh:index:Image", name, {}, opts)
        context = Path(args["context"])
        if not (context / "Dockerfile").is_file():
            raise pulumi.RunError(f"image {name!r} has no Dockerfile in {context}; give the folder that holds it")
        build_args = {"BUILDER": args["builder"]}
        image = docker.Image(
            name,
            build=docker.DockerBuildArgs(
                context=str(context),
                dockerfile=str(context / "Dockerfile"),
                args=build_args,
                platform="linux/amd64",
            ),
            image_name=f"{args['repository']}:{content_tag(context, build_args)}",
            registry=_registry(args),
            build_on_preview=False,
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.reference = image.repo_digest
        self.register_outputs({"reference": self.reference})


def _registry(args: ImageArgs) -> docker.RegistryArgs | None:
    if "password" not in args:
        return None
    return docker.RegistryArgs(
        server=args["repository"].split("/")[0],
        username=args.get("username"),
        password=pulumi.Output.secret(args["password"]),
    )
