"""The checks: one a file, one code, one page in docs/checks, one test.

Grouped by what they speak of; names say what is wrong.
"""
