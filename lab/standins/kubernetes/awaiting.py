"""Waiting: until an object is ready, or until it is gone."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from lab.standins.json_values import Json, JsonObject, mapping, sequence, text
from lab.standins.kubernetes.client import Client, UnreachableError
from lab.standins.kubernetes.objects import SKIP_AWAIT, TIMEOUT_SECONDS, WAIT_FOR, annotation
from lab.standins.kubernetes.readiness import READY, Readiness, assess, assess_condition
from lab.standins.refusals import RefusedError

# The official plugin's own default for every kind it waits for.
DEFAULT_SECONDS = 600.0
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 1.0
REPORT_EVERY_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The object as it was last seen, and why it is not ready ("" reasons when it is)."""

    live: JsonObject
    reasons: tuple[str, ...] = ()


class ClusterSurroundings:
    """Readiness's questions, answered by the API server."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def ready_endpoints(self, namespace: str, service: str) -> int:
        query = urlencode({"labelSelector": f"kubernetes.io/service-name={service}"})
        listed = self._client.get(f"/apis/discovery.k8s.io/v1/namespaces/{namespace}/endpointslices?{query}")
        return sum(
            1
            for piece in sequence(listed, "items")
            for endpoint in sequence(piece, "endpoints")
            if mapping(endpoint, "conditions").get("ready") is not False
        )

    def pods(self, namespace: str, labels: JsonObject) -> list[JsonObject]:
        query = urlencode({"labelSelector": ",".join(f"{key}={value}" for key, value in labels.items())})
        listed = self._client.get(f"/api/v1/namespaces/{namespace}/pods?{query}")
        return [item for item in sequence(listed, "items") if isinstance(item, dict)]

    def binds_late(self, storage_class: str) -> bool:
        listed = self._client.get("/apis/storage.k8s.io/v1/storageclasses")
        default = "storageclass.kubernetes.io/is-default-class"
        return any(
            text(item, "volumeBindingMode") == "WaitForFirstConsumer"
            for item in sequence(listed, "items")
            if text(item, "metadata", "name") == storage_class
            or (not storage_class and text(item, "metadata", "annotations", default) == "true")
        )


def seconds_for(declared: JsonObject, *, custom: float) -> float:
    """How long to wait: the resource's customTimeouts (0 for none), else its annotation, else ten minutes."""
    if custom > 0:
        return custom
    given = annotation(declared, TIMEOUT_SECONDS)
    if not given:
        return DEFAULT_SECONDS
    try:
        return float(given)
    except ValueError as error:
        raise RefusedError(
            f'annotation {TIMEOUT_SECONDS} is {given!r}; it must be a number of seconds, such as "90".'
        ) from error


def conditions(declared: JsonObject) -> tuple[str, ...]:
    """The conditions of `pulumi.com/waitFor`: one, or a JSON list of them."""
    given = annotation(declared, WAIT_FOR).strip()
    if not given:
        return ()
    parsed: Json = json.loads(given) if given.startswith("[") else [given]
    found = tuple(item for item in sequence(parsed) if isinstance(item, str))
    for item in found:
        if not item.startswith(("condition=", "jsonpath=")):
            raise RefusedError(
                f"annotation {WAIT_FOR} is {item!r}; it must be condition=NAME, condition=NAME=STATUS, "
                "jsonpath={PATH} or jsonpath={PATH}=VALUE, or a JSON list of those."
            )
    return found


def current(client: Client, *, live: JsonObject, declared: JsonObject) -> Readiness:
    """Whether the object is ready now, by its annotations and the rules of its kind."""
    if annotation(declared, SKIP_AWAIT) == "true":
        return READY
    asked = conditions(declared)
    if not asked:
        return assess(live, ClusterSurroundings(client))
    found = [assess_condition(live, item) for item in asked]
    return Readiness(waiting=tuple(reason for item in found for reason in item.waiting))


def until_ready(
    client: Client,
    url: str,
    *,
    live: JsonObject,
    declared: JsonObject,
    seconds: float,
    stopped: threading.Event,
    tell: Callable[[str], None],
) -> Outcome:
    """Wait until the object at `url` is ready, fails for good, `seconds` are over, or `stopped` is set."""
    end = time.monotonic() + seconds
    told = time.monotonic()
    for pause in _pauses():
        try:
            state = current(client, live=live, declared=declared)
        except UnreachableError as error:
            state = Readiness(waiting=(str(error),))
        if state.ready:
            return Outcome(live=live)
        if state.failed:
            return Outcome(live=live, reasons=state.failed)
        if time.monotonic() > end or stopped.is_set():
            why = "interrupted while waiting" if stopped.is_set() else f"not ready after {seconds:.0f} s"
            return Outcome(live=live, reasons=(why, *state.waiting))
        if time.monotonic() - told > REPORT_EVERY_SECONDS:
            told = time.monotonic()
            tell("; ".join(state.waiting))
        stopped.wait(pause)
        try:
            seen = client.find(url)
        except UnreachableError:
            continue
        if seen is None:
            return Outcome(live=live, reasons=("it was deleted while waiting for it to become ready",))
        live = seen
    raise AssertionError("the pauses never end")


def until_gone(
    client: Client,
    url: str,
    *,
    uid: str,
    seconds: float,
    stopped: threading.Event,
    tell: Callable[[str], None],
) -> str:
    """Wait until the object at `url` with this uid is gone; why it is not, "" when it is."""
    end = time.monotonic() + seconds
    told = time.monotonic()
    for pause in _pauses():
        seen = client.find(url)
        if seen is None or (uid and text(seen, "metadata", "uid") != uid):
            return ""
        held = ", ".join(
            [str(item) for item in sequence(seen, "metadata", "finalizers")]
            + [str(item) for item in sequence(seen, "spec", "finalizers")]
        )
        remaining = "; ".join(
            text(row, "message")
            for row in sequence(seen, "status", "conditions")
            if text(row, "status") == "True" and "Remaining" in text(row, "type")
        )
        why = (
            f"it is still there{f', held by finalizers {held}' if held else ''}{f': {remaining}' if remaining else ''}"
        )
        if time.monotonic() > end:
            return f"not gone after {seconds:.0f} s: {why}"
        if stopped.is_set():
            return f"interrupted while waiting for its end: {why}"
        if time.monotonic() - told > REPORT_EVERY_SECONDS:
            told = time.monotonic()
            tell(why)
        stopped.wait(pause)
    raise AssertionError("the pauses never end")


def _pauses() -> Iterator[float]:
    pause = FIRST_PAUSE
    while True:
        yield pause
        pause = min(pause * 1.3, LONGEST_PAUSE)
