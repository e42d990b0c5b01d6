"""Tests of components.analysis.checks.gateways."""
