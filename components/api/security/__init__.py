# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""Istio's security.istio.io kinds: who may talk to whom, and how that is proved.

Kinds: AuthorizationPolicy, PeerAuthentication, RequestAuthentication.
Only what is generated may live here.
"""
