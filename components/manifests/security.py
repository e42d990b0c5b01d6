"""Who may speak in plain text: one PeerAuthentication for the mesh, and one for each place that differs."""

from __future__ import annotations

from collections.abc import Iterator

from components.api import Document, ObjectMeta, Resource
from components.api.security.peer_authentication import PeerAuthentication
from components.manifests.access import access_policy
from components.manifests.names import ROOT_NAMESPACE
from components.manifests.places import default_name, metadata_of, selector_of
from components.manifests.request_authentication import request_authentication
from components.model import Mesh, MutualTLS, MutualTLSRule

Settings = PeerAuthentication.MutualTLS


def security(mesh: Mesh) -> Iterator[Document]:
    """Everything that decides who is answered: mutual TLS, then tokens, then access."""
    if mesh.mutual_tls is not MutualTLS.UNSET:
        yield peer_authentication(mesh.mutual_tls)
    yield from (peer_authentication_of(rule) for rule in mesh.mutual_tls_rules)
    yield from (request_authentication(declared) for declared in mesh.authentications)
    yield from (access_policy(rule) for rule in mesh.access)


def peer_authentication(mode: MutualTLS) -> Resource[PeerAuthentication]:
    """The rule of the whole mesh: in the root namespace, without a selector, and named `default` as Istio's pages do."""
    return Resource(
        metadata=ObjectMeta(name="default", namespace=ROOT_NAMESPACE),
        spec=PeerAuthentication(mtls=_settings(mode)),
    )


def peer_authentication_of(rule: MutualTLSRule) -> Resource[PeerAuthentication]:
    return Resource(
        metadata=metadata_of(rule.of, default_name(rule.of)),
        spec=PeerAuthentication(
            selector=selector_of(rule.of),
            mtls=_settings(rule.mode) if rule.mode else None,
            port_level_mtls={port: _settings(mode) for port, mode in rule.ports},
        ),
    )


def _settings(mode: MutualTLS) -> Settings:
    return Settings(mode=Settings.Mode[mode.value])
