"""Mutual TLS, authentication and authorization."""
