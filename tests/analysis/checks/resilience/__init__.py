"""Tests of components.analysis.checks.resilience."""
