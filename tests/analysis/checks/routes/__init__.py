"""Tests of components.analysis.checks.routes."""
