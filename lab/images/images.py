"""References of the lab's images, and whether each is there as it should be."""

import hashlib
import json
from pathlib import Path

from lab.errors import LabError
from lab.host import registry
from lab.host.commands import Commands
from lab.images.catalogue import ADDON_IMAGES, BASE_NAME, BASE_PACKAGES, BASE_TAG, IMAGES, SUITE, Image
from lab.tools.golang import Go
from lab.tools.toolbox import Toolbox

KEY = "lab.key"
"""The label that says what an image was made from: tags stay, contents change."""
DOCKERFILES = Path(__file__).parent / "dockerfiles"


class Images:
    """The images by name, such as `istio/proxyv2`. References are known before anything is built."""

    def __init__(self, *, toolbox: Toolbox, go: Go) -> None:
        self._toolbox = toolbox
        self._go = go

    def reference(self, name: str) -> str:
        """Such as `localhost:5917/istio/proxyv2:1.31.0-lab`. Raises LabError when there is no such image."""
        images = {image.name: image for image in (*IMAGES, *ADDON_IMAGES)}
        if name not in (BASE_NAME, *images):
            raise LabError(f"The lab has no image {name!r}. It has {', '.join(sorted([BASE_NAME, *images]))}.")
        tag = BASE_TAG if name == BASE_NAME else self.tag(images[name])
        return f"{registry.name()}/{name}:{tag}"

    def tag(self, image: Image) -> str:
        """Its own, or one that changes when the image does."""
        return image.tag or self.key(image)

    def base_key(self) -> str:
        """Changes when the base image would be made of other packages."""
        return _digest(SUITE, *BASE_PACKAGES)

    def key(self, image: Image) -> str:
        """Changes when the image would."""
        return _digest(
            (DOCKERFILES / f"{image.dockerfile}.Dockerfile").read_text(),
            *([self.base_key()] if image.on_base else []),
            *(self._toolbox.key(tool) for tool in image.tools),
            *([self._toolbox.key("pilot-discovery"), *image.istio_files] if image.istio_files else []),
            *([self._go.version] if image.go_toolchain else []),
        )

    def base_present(self) -> bool:
        """Whether the registry has the base image as it should be."""
        return (registry.labels(BASE_NAME, BASE_TAG) or {}).get(KEY) == self.base_key()

    def present(self, image: Image, *, commands: Commands, docker_host: str) -> bool:
        """Whether the registry, or the Docker daemon for an image that stays there, has it as it should be."""
        if image.pushed:
            labels = registry.labels(image.name, self.tag(image)) or {}
        else:
            labels = _local_labels(self.reference(image.name), commands=commands, docker_host=docker_host)
        return labels.get(KEY) == self.key(image)


def push(reference: str, *, commands: Commands, docker_host: str) -> None:
    """Push an image to the lab's registry. Raises LabError, which says so when the daemon is out of the registry's reach."""
    commands.run(
        *("docker", "push", reference),
        step=f"docker push {reference}",
        env={"DOCKER_HOST": docker_host},
        hint=f"The Docker daemon at {docker_host} has to reach {registry.name()} on this machine's loopback; where it "
        "cannot, unset DOCKER_HOST, and the lab starts a daemon of its own.",
    )


def _local_labels(reference: str, *, commands: Commands, docker_host: str) -> dict[str, str]:
    try:
        said = commands.run(
            *("docker", "image", "inspect", "--format", "{{json .Config.Labels}}", reference),
            step=f"docker inspect {reference}",
            env={"DOCKER_HOST": docker_host},
        )
    except LabError:
        return {}
    return json.loads(said) or {}


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
