"""Who may speak in plain text."""

from __future__ import annotations

from components.api import ObjectMeta, Resource
from components.api.security.peer_authentication import PeerAuthentication
from components.manifests.names import ROOT_NAMESPACE
from components.model import MutualTLS

MODES = {
    MutualTLS.STRICT: PeerAuthentication.MutualTLS.Mode.STRICT,
    MutualTLS.PERMISSIVE: PeerAuthentication.MutualTLS.Mode.PERMISSIVE,
}


def peer_authentication(mode: MutualTLS) -> Resource[PeerAuthentication]:
    """The rule of the whole mesh: in the root namespace, without a selector, and named `default` as Istio's pages do."""
    return Resource(
        metadata=ObjectMeta(name="default", namespace=ROOT_NAMESPACE),
        spec=PeerAuthentication(mtls=PeerAuthentication.MutualTLS(mode=MODES[mode])),
    )
