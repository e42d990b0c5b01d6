"""Hosts, subsets, gateways and other objects that are named."""
