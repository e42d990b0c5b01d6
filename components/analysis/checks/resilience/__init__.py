"""Faults, retries, timeouts, mirrors and ejection: what they do together."""
