"""The Python language host: starts programs, policy packs and component providers for the engine.

Knowledge of resources may not live here; `run_program` is started by the project's own interpreter and may import
nothing but the standard library and the Pulumi SDK.
"""
