"""Consistent hash: a key stays on one pod, and keys spread over the pods."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from components.experiments.answers import load_balancer_of, pods_in
from components.experiments.matching import keyed, with_cookie
from components.experiments.statistics import one_pod_p
from components.experiments.traffic import Request, Samples
from components.experiments.verdict import Claim
from components.model import ConsistentHash, Destination, Mesh, Route, VirtualService

KEYS = 41
"""Different keys: that all of them share one of two pods by chance happens once in 2^40. A prime: sent in turn to pods in
turn, a number of keys that the pods divide would meet the same pods again without any hash."""

TRIES = 5
"""Requests a key: without a hash, all of a key's on one of two pods happens once in 16, of all keys' once in 16^41."""


def hash_of(mesh: Mesh, route: Route) -> ConsistentHash | None:
    """The route's consistent hash, when all of its requests go by one and there are pods to tell apart."""
    reached = _reached(route)
    balancer = load_balancer_of(mesh, reached[0])
    several = len(reached) == 1 and pods_in(mesh, reached[0]) > 1
    return balancer if several and isinstance(balancer, ConsistentHash) else None


def requests(mesh: Mesh, service: VirtualService, route: Route, request: Request) -> tuple[Request, ...]:
    """The route's request, once for each key; the one request where nothing is hashed or the address is the key."""
    declared = hash_of(mesh, route)
    if declared is None:
        return (request,)
    if declared.source_ip:
        return (replace(request, key="the client's address"),)
    if declared.header is not None:
        return keyed(service, route, request, declared.header, KEYS) or (request,)
    if declared.query is not None:
        path, _, query = request.path.partition("?")
        if f"&{declared.query}=" in f"&{query}":
            return (request,)
        start = f"{path}?{query}{'&' if query else ''}{declared.query}=key-"
        return tuple(replace(request, path=f"{start}{number}", key=f"key-{number}") for number in range(KEYS))
    return tuple(
        replace(with_cookie(request, f"{declared.cookie}=key-{number}"), key=f"key-{number}") for number in range(KEYS)
    )


def claims(subject: str, mesh: Mesh, route: Route, samples: Samples) -> tuple[Claim, ...]:
    """Whether each key was answered by one pod, and whether the keys were not all answered by the same one."""
    declared = hash_of(mesh, route)
    if declared is None:
        return ()
    pods: defaultdict[str, set[str]] = defaultdict(set)
    for sample in samples:
        if sample.pod is not None:
            pods[sample.request.key].add(sample.pod)
    key = declared.header or declared.query or declared.cookie or "the caller's address"
    wandering = sum(len(own) > 1 for own in pods.values())
    sticks = Claim(
        subject,
        f"{route.name}: a key sticks to a pod",
        declared=f"hash by {key}",
        measured=f"{wandering} of {len(pods)} keys on two pods or more" if pods else "no pod answered",
        criterion="no key is answered by two pods",
        requests=len(samples),
        holds=not wandering if pods else None,
    )
    return (sticks, _spread(subject, route, pods_in(mesh, _reached(route)[0]), pods, samples))


def _reached(route: Route) -> tuple[Destination, ...]:
    return tuple(destination for destination, weight in route.split.weights if weight)


def _spread(subject: str, route: Route, declared: int, pods: dict[str, set[str]], samples: Samples) -> Claim:
    what, words = f"{route.name}: keys spread", f"over {declared} pods"
    if len(pods) < 2:
        return Claim(subject, what, declared=words, measured="there is only one key to send", requests=len(samples))
    per_pod = Counter(pod for own in pods.values() for pod in own)
    return Claim(
        subject,
        what,
        declared=words,
        measured=f"{len(pods)} keys: {' / '.join(str(count) for _, count in per_pod.most_common())}",
        criterion=f"not all on one pod, by chance {one_pod_p(len(pods), declared):.1e}",
        requests=len(samples),
        p=one_pod_p(len(pods), declared) if len(per_pod) == 1 else 1.0,
    )
