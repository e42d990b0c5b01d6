# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""Istio's extensions.istio.io kinds: code of one's own inside the proxies.

Kinds: TrafficExtension, WasmPlugin.
Only what is generated may live here.
"""
