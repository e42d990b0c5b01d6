# Written by `python -m generate.api` (sigs.k8s.io/gateway-api v1.6.0); do not edit.
"""The Gateway API's kinds: what Kubernetes itself has for gateways and routes, and Istio implements.

Kinds: GRPCRoute, Gateway, HTTPRoute, ReferenceGrant, TLSRoute.
Only what is generated may live here.
"""
