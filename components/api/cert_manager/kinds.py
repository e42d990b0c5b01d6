"""cert-manager's kinds: their groups, versions and classes."""

from __future__ import annotations

from components.api.registry import Kind

__all__ = ["KINDS"]

KINDS = (Kind("Certificate", "cert-manager.io", ("v1",), "cert_manager.certificate", "CertificateSpec", strict=False),)
