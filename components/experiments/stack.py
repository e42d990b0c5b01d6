"""What a stack declares, read from its outputs."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import KW_ONLY, dataclass

import msgspec

from components.experiments.errors import Unusable
from components.experiments.plan import Entrances
from components.manifests.names import service_host
from components.model import Mesh
from components.model.document import DocumentError, decode

TIMEOUT = 60.0


@dataclass(frozen=True, slots=True)
class Stack:
    """The declared mesh, where requests enter it, the client's image, and whether the stack is marked as production."""

    _: KW_ONLY
    mesh: Mesh
    entrances: Entrances
    image: str
    production: bool


class _Gateway(msgspec.Struct, forbid_unknown_fields=True):
    host: str
    port: int


class _Outputs(msgspec.Struct, rename="camel"):
    mesh: dict[str, object]
    load_client_image: str
    gateway: _Gateway | None = None
    production: bool = False


async def read(name: str | None) -> Stack:
    """The named stack, or the selected one. Raises `Unusable` when Pulumi does not give its outputs."""
    if shutil.which("pulumi") is None:
        raise Unusable(
            "pulumi is not on PATH; the experiments read what to measure from a stack's outputs. "
            "Run them with `make prove`, which brings it, or install the Pulumi CLI"
        )
    chosen = ("--stack", name) if name else ()
    process = await asyncio.create_subprocess_exec(
        *("pulumi", "stack", "output", "--json", "--non-interactive", *chosen),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        output, complaint = await asyncio.wait_for(process.communicate(), TIMEOUT)
    except TimeoutError:
        raise Unusable(
            f"`pulumi stack output` did not end within {TIMEOUT:.0f} s; its backend does not answer. "
            "Check `pulumi whoami --verbose`, then run the experiments again"
        ) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        said = " ".join(complaint.decode(errors="replace").split()).rstrip(".") or "nothing"
        raise Unusable(
            f"`pulumi stack output` for {_called(name)} failed; it said: {said}. "
            "Give the name of a stack that is up (`pulumi stack ls` lists them), or bring it up with `make up`"
        )
    return parse(output, name)


def parse(output: bytes, name: str | None) -> Stack:
    """The stack that `pulumi stack output --json` describes. Raises `Unusable` for one that is not this program's."""
    try:
        outputs = msgspec.json.decode(output, type=_Outputs)
        mesh = decode(outputs.mesh)
    except (msgspec.MsgspecError, DocumentError, ValueError) as error:
        raise Unusable(
            f"the outputs of {_called(name)} do not say what to measure: {error}. Needed are mesh and loadClientImage, "
            "with gateway and production where there are; run `pulumi up` with this version of the program first"
        ) from error
    gateway = f"http://{outputs.gateway.host}:{outputs.gateway.port}" if outputs.gateway else None
    return Stack(
        mesh=mesh,
        entrances=Entrances(gateway=gateway, service_host=service_host),
        image=outputs.load_client_image,
        production=outputs.production,
    )


def _called(name: str | None) -> str:
    return f"stack {name!r}" if name else "the selected stack"
