"""Keys and certificates of a cluster, made with the openssl command: elliptic curve keys, one CA, all at once."""

import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from lab.cell.layout import DOMAIN, SERVICE_API, Layout
from lab.errors import LabError

# Ten years: a lab's certificate should not be what stops it.
DAYS = "3650"
CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """One leaf: file name without ending, the Kubernetes user it speaks for, that user's group, names it serves."""

    name: str
    user: str
    group: str = ""
    serves: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """Subject as openssl writes it. The API server reads the user from CN and the group from O."""
        return (f"/O={self.group}" if self.group else "") + f"/CN={self.user}"


def certificates(layout: Layout) -> tuple[Certificate, ...]:
    """What the cluster's parts need, each with an identity of its own (Kubernetes, "PKI certificates and requirements")."""
    api = (
        f"IP:{layout.address}",
        f"IP:{SERVICE_API}",
        "IP:127.0.0.1",
        "DNS:localhost",
        "DNS:kubernetes",
        "DNS:kubernetes.default",
        "DNS:kubernetes.default.svc",
        f"DNS:kubernetes.default.svc.{DOMAIN}",
    )
    return (
        Certificate(name="apiserver", user="kube-apiserver", serves=api),
        Certificate(name="apiserver-kubelet-client", user="kube-apiserver-kubelet-client", group="system:masters"),
        Certificate(name="front-proxy-client", user="front-proxy-client"),
        Certificate(name="admin", user="kubernetes-admin", group="system:masters"),
        Certificate(name="controller-manager", user="system:kube-controller-manager"),
        Certificate(name="scheduler", user="system:kube-scheduler"),
        Certificate(name="proxy", user="system:kube-proxy"),
        Certificate(name="coredns", user="system:coredns"),
        Certificate(
            name="kubelet",
            user=f"system:node:{layout.node}",
            group="system:nodes",
            serves=(f"IP:{layout.address}", f"DNS:{layout.node}"),
        ),
    )


def make(folder: Path, leaves: Iterable[Certificate]) -> None:
    """Make what is missing in `folder`: ca, one pair a leaf, sa.key and sa.pub. Raises LabError with openssl's own words."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with ThreadPoolExecutor(4) as pool:
        signing = pool.submit(_service_account_key, folder)
        _authority(folder)
        list(pool.map(lambda leaf: _leaf(folder, leaf), leaves))
        signing.result()


def _authority(folder: Path) -> None:
    usage = ("basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign,digitalSignature")
    _pair(folder, "ca", "/CN=mesh-lab", (), usage)


def _leaf(folder: Path, leaf: Certificate) -> None:
    extensions = ["basicConstraints=critical,CA:FALSE", "keyUsage=critical,digitalSignature"]
    extensions.append("extendedKeyUsage=clientAuth" + (",serverAuth" if leaf.serves else ""))
    if leaf.serves:
        extensions.append("subjectAltName=" + ",".join(leaf.serves))
    signer = ("-CA", str(folder / "ca.crt"), "-CAkey", str(folder / "ca.key"))
    _pair(folder, leaf.name, leaf.subject, signer, extensions)


def _pair(folder: Path, name: str, subject: str, signer: Iterable[str], extensions: Iterable[str]) -> None:
    key, certificate = folder / f"{name}.key", folder / f"{name}.crt"
    if certificate.exists():
        return
    half = folder / f"{name}.crt.new"
    arguments = [
        "req",
        "-x509",
        *CURVE,
        "-days",
        DAYS,
        "-subj",
        subject,
        *signer,
        "-keyout",
        str(key),
        "-out",
        str(half),
    ]
    for extension in extensions:
        arguments += ["-addext", extension]
    # An empty configuration: the host's openssl.cnf would add extensions of its own.
    _openssl([*arguments, "-config", "/dev/null"])
    # The certificate comes last, so a pair that was cut off in the middle is made again.
    half.rename(certificate)


def _service_account_key(folder: Path) -> None:
    key, public, half = folder / "sa.key", folder / "sa.pub", folder / "sa.new"
    if not key.exists():
        _openssl(["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", str(half)])
        half.rename(key)
    if not public.exists():
        _openssl(["pkey", "-in", str(key), "-pubout", "-out", str(half)])
        half.rename(public)


def _openssl(arguments: list[str]) -> None:
    try:
        done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        raise LabError(
            "openssl is not installed, and the cluster's certificates are made with it: apt-get install openssl."
        ) from None
    if done.returncode != 0:
        raise LabError(f"openssl {arguments[0]} failed, so the cluster has no certificates: {done.stderr.strip()}")
