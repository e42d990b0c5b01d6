"""Kubernetes' kinds: their groups, versions and classes."""

from __future__ import annotations

from components.api.registry import Kind

__all__ = ["KINDS"]

KINDS = (
    Kind(
        "Namespace",
        "",
        ("v1",),
        "kubernetes.core",
        "Namespace",
        namespaced=False,
        is_document=True,
        strict=False,
    ),
    Kind("ServiceAccount", "", ("v1",), "kubernetes.core", "ServiceAccount", is_document=True, strict=False),
    Kind("ConfigMap", "", ("v1",), "kubernetes.core", "ConfigMap", is_document=True, strict=False),
    Kind("Secret", "", ("v1",), "kubernetes.core", "Secret", is_document=True, strict=False),
    Kind("Service", "", ("v1",), "kubernetes.service", "ServiceSpec", strict=False),
    Kind("Pod", "", ("v1",), "kubernetes.pod", "PodSpec", strict=False),
    Kind("Deployment", "apps", ("v1",), "kubernetes.deployment", "DeploymentSpec", strict=False),
    Kind(
        "PodDisruptionBudget",
        "policy",
        ("v1",),
        "kubernetes.disruption",
        "PodDisruptionBudgetSpec",
        strict=False,
    ),
    Kind(
        "MutatingWebhookConfiguration",
        "admissionregistration.k8s.io",
        ("v1",),
        "kubernetes.webhook",
        "MutatingWebhookConfiguration",
        namespaced=False,
        is_document=True,
        strict=False,
    ),
    Kind(
        "ValidatingWebhookConfiguration",
        "admissionregistration.k8s.io",
        ("v1",),
        "kubernetes.webhook",
        "ValidatingWebhookConfiguration",
        namespaced=False,
        is_document=True,
        strict=False,
    ),
)
