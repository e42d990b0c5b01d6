# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""Messages that kinds of several groups share: which workloads, which ports.

No kinds of its own.
Only what is generated may live here.
"""
