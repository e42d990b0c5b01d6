"""Documents of a small mesh as text, for the tests of checks: one service, its rules, its pods."""

from __future__ import annotations

from textwrap import dedent, indent

__all__ = ["deployment", "destination_rule", "service", "virtual_service"]


def virtual_service(http: str, *, name: str = "servicex", hosts: str = "[servicex]", extra: str = "") -> str:
    """A VirtualService of namespace shop; `http` is the list of its rules."""
    return _document("VirtualService", name, "shop", f"hosts: {hosts}\n{dedent(extra).strip()}\nhttp:\n{_block(http)}")


def destination_rule(
    spec: str, *, name: str = "servicex", namespace: str = "shop", host: str = "servicex", extra: str = ""
) -> str:
    """A DestinationRule; `spec` is what follows its host."""
    return _document("DestinationRule", name, namespace, f"host: '{host}'\n{dedent(extra).strip()}\n{dedent(spec).strip()}")


def service(name: str = "servicex", namespace: str = "shop", ports: str = "[{name: http, port: 8000}]") -> str:
    """A Service that selects by app."""
    return f"""---
apiVersion: v1
kind: Service
metadata: {{name: {name}, namespace: {namespace}}}
spec: {{selector: {{app: {name}}}, ports: {ports}}}
"""


def deployment(name: str, replicas: int, *, app: str = "servicex", version: str = "v1", namespace: str = "shop") -> str:
    """A Deployment of an app's version."""
    labels = f"{{app: {app}, version: {version}}}"
    return f"""---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}, namespace: {namespace}}}
spec:
  replicas: {replicas}
  selector: {{matchLabels: {labels}}}
  template: {{metadata: {{labels: {labels}}}, spec: {{containers: [{{name: servicex, image: "servicex:1"}}]}}}}
"""


def _document(kind: str, name: str, namespace: str, spec: str) -> str:
    head = f"---\napiVersion: networking.istio.io/v1\nkind: {kind}\nmetadata: {{name: {name}, namespace: {namespace}}}\nspec:\n"
    return head + indent("\n".join(line for line in spec.splitlines() if line.strip()), "  ") + "\n"


def _block(text: str) -> str:
    return indent(dedent(text).strip(), "  ")
