"""Folders of documents such as a company keeps for its mesh: one application after the other, each in files of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

__all__ = ["write_mesh"]

BACKEND = """\
apiVersion: v1
kind: Service
metadata:
  name: {name}
  namespace: {namespace}
  labels: {{app: {name}}}
spec:
  selector: {{app: {name}}}
  ports:
  - {{name: http, port: 80, targetPort: 8080}}
  - {{name: grpc-admin, port: 9000}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}-v1, namespace: {namespace}}}
spec:
  replicas: 3
  selector:
    matchLabels: {{app: {name}, version: v1}}
  template:
    metadata:
      labels: {{app: {name}, version: v1}}
    spec:
      serviceAccountName: {name}
      containers:
      - name: {name}
        image: registry.test/{name}@sha256:{digest}
        ports:
        - {{name: http, containerPort: 8080}}
        - {{name: grpc-admin, containerPort: 9000}}
        readinessProbe:
          httpGet: {{path: /ready, port: http}}
        resources:
          requests: {{cpu: 100m, memory: 64Mi}}
"""

RULES = """\
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: {name}
  namespace: {namespace}
spec:
  hosts:
  - {name}
  http:
  - name: testers
    match:
    - headers:
        x-tester: {{exact: "yes"}}
      uri: {{prefix: /api}}
    route:
    - destination:
        host: {name}
        subset: v1
        port: {{number: 80}}
    timeout: 5s
    retries: {{attempts: 2, perTryTimeout: 1500ms, retryOn: "connect-failure,gateway-error"}}
  - name: everyone
    route:
    - destination:
        host: {name}
        subset: v1
        port: {{number: 80}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: {name}
  namespace: {namespace}
spec:
  host: {name}
  trafficPolicy:
    connectionPool:
      tcp: {{maxConnections: 100}}
      http: {{http1MaxPendingRequests: 50, maxRequestsPerConnection: 10}}
    outlierDetection:
      consecutive5xxErrors: 5
      interval: 10s
      baseEjectionTime: 30s
      maxEjectionPercent: 50
  subsets:
  - name: v1
    labels: {{version: v1}}
"""

POLICY = """\
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: {name}
  namespace: {namespace}
spec:
  selector:
    matchLabels: {{app: {name}}}
  action: ALLOW
  rules:
  - from:
    - source:
        principals: ["cluster.local/ns/{namespace}/sa/{name}"]
    to:
    - operation: {{methods: [GET, POST], paths: ["/api/*"]}}
"""

NAMESPACE = """\
apiVersion: v1
kind: Namespace
metadata:
  name: {namespace}
  labels: {{istio-injection: enabled}}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {{name: default, namespace: {namespace}}}
spec:
  mtls: {{mode: STRICT}}
"""

PARTS = {"application": BACKEND, "mesh": f"{RULES}---\n{POLICY}"}
APPLICATIONS_OF_NAMESPACE = 10


def write_mesh(folder: Path, objects: int) -> int:
    """That many objects, or a few less, in as many files as they take; returns how many objects there are."""
    written = 0
    for path, text in _files():
        count = text.count("\n---\n") + 1
        if written + count > objects:
            return written
        written += count
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return written


def _files() -> Iterator[tuple[str, str]]:
    application = 0
    while True:
        namespace = f"team-{application // APPLICATIONS_OF_NAMESPACE}"
        if application % APPLICATIONS_OF_NAMESPACE == 0:
            yield f"{namespace}/namespace.yaml", NAMESPACE.format(namespace=namespace)
        name = f"service-{application}"
        filled = {"name": name, "namespace": namespace, "digest": f"{application:064x}"}
        for part, text in PARTS.items():
            yield f"{namespace}/{name}/{part}.yaml", text.format(**filled)
        application += 1
