"""Ambient mode, the Gateway API and several clusters."""
