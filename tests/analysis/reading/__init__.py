"""Tests of components.analysis.reading."""
