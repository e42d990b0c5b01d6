"""What requests must see in a declared mesh: planned from the Mesh, sent as real traffic, judged by exact statistics.

Planning, pace, sending, samples, statistics, verdicts and the report are modules of their own. `plan` and all that it
uses are pure; only `kubectl`, `clients`, `stack` and `__main__` reach outside. May not live here: anything that changes
the stack, anything of pulumi's SDK or of the lab, and a second description of the mesh.
"""
