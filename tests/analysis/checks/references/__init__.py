"""Tests of components.analysis.checks.references."""
