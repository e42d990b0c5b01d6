"""Gateways: ports, hosts, certificates."""
