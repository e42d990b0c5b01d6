"""Tests of components.analysis."""
