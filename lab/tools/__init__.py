"""The programs the lab runs, built once from pinned Go modules or taken from the project's pinned wheels.

One folder with a go.mod a family, because their dependency graphs do not mix. What runs these programs may not live here.
"""
