"""The stand-in for `pulumi-resource-kubernetes`: server-side apply of any object, readiness, and helm.v4.Chart.

State keeps the official shape (the live object with `__inputs`, `__initialApiVersion`, `__fieldManager`). Knowledge of
any one application, the mesh included, may not live here.
"""
