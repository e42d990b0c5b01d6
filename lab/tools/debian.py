"""Take a program out of a Debian package without installing it: nothing is configured, no service starts."""

import shutil

from lab.host.commands import Commands
from lab.host.packages import APT_OPTIONS
from lab.progress import Progress
from lab.tools.catalogue import DebianProgram
from lab.tools.toolbox import Toolbox


def unpack(program: DebianProgram, *, toolbox: Toolbox, commands: Commands, progress: Progress) -> None:
    """Download the package and keep the one program, unless it is there. Killed at any moment, the next call starts over.

    Raises LabError.
    """
    folder = toolbox.unpacked(program)
    if folder.is_dir():
        return
    part = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    with progress.step(program.tool, doing=f"taking it from Debian's package {program.package}", done="there"):
        commands.run("apt-get", "update", *APT_OPTIONS, step=f"apt-get update {program.package}", outlive=True)
        commands.run(
            *("apt-get", "download", *APT_OPTIONS, program.package),
            step=f"apt-get download {program.package}",
            cwd=part,
        )
        commands.run(
            *("sh", "-ec", 'dpkg-deb --fsys-tarfile ./*.deb | tar -x "./$1"; rm ./*.deb', "sh", program.path),
            step=f"unpack {program.package}",
            cwd=part,
        )
    part.rename(folder)
