"""Sidecars, Telemetry, EnvoyFilters and extensions."""
