"""Certificates made anew for each run, by authorities of the tests' own."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-days", "1")


@dataclass(frozen=True)
class Pair:
    """A certificate and its key, in files."""

    certificate: Path
    key: Path


@dataclass(frozen=True)
class Authority:
    """Somebody who signs."""

    name: str
    folder: Path
    own: Pair

    @classmethod
    def make(cls, name: str, folder: Path) -> Authority:
        """A new one; its certificates are for `name` and other names."""
        pair = _pair(folder, f"{name}-authority")
        _openssl("req", "-x509", *EC, "-subj", f"/CN={name}", *_files(pair))
        return cls(name, folder, pair)

    def issue(self, name: str, *alternatives: str) -> Pair:
        """A certificate of the subject `name`, for `alternatives` such as `DNS:a.test` or `URI:spiffe://b`."""
        pair = _pair(self.folder, f"{self.name}-{name}")
        names = ["-addext", f"subjectAltName={','.join(alternatives)}"] if alternatives else []
        signed = ["-CA", str(self.own.certificate), "-CAkey", str(self.own.key)]
        leaf = ["-addext", "basicConstraints=critical,CA:FALSE"]
        _openssl("req", "-x509", *EC, "-subj", f"/CN={name}", *_files(pair), *names, *signed, *leaf)
        return pair


def _pair(folder: Path, name: str) -> Pair:
    return Pair(folder / f"{name}.pem", folder / f"{name}.key")


def _files(pair: Pair) -> list[str]:
    return ["-out", str(pair.certificate), "-keyout", str(pair.key)]


def _openssl(*arguments: str) -> None:
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
