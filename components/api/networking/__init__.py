# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""Istio's networking.istio.io kinds: how traffic is routed, and where it may go.

Kinds: DestinationRule, EnvoyFilter, Gateway, ProxyConfig, ServiceEntry, Sidecar, VirtualService,
WorkloadEntry, WorkloadGroup.
Only what is generated may live here.
"""
