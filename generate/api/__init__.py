"""Writes most of components/api: `python -m generate.api [--check]`.

Istio's protos and the Gateway API's Go types give the messages and their real names, the CRDs of both the kinds,
their versions and the constraints, words.toml the descriptions. Of each file one module is made, and one table of
constraints.
"""
