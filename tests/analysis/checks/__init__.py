"""A test a check."""
