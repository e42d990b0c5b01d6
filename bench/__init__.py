"""Benchmarks: what a user waits for and what it costs, printed beside its goal. No test: machines are noisy."""
