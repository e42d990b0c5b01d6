"""Create, update, read, delete of one object, apart from the protocol: properties in, properties out."""

import copy
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from lab.standins.json_values import JsonObject, mapping, text, truth, without
from lab.standins.kubernetes.awaiting import current, seconds_for, until_gone, until_ready
from lab.standins.kubernetes.client import ApiError, Client, Kind
from lab.standins.kubernetes.configuration import Configuration
from lab.standins.kubernetes.objects import (
    DELETION_POLICY,
    PATCH_FORCE,
    annotation,
    from_token,
    object_id,
    split_id,
)
from lab.standins.kubernetes.state import (
    checkpoint,
    imported_inputs,
    live_inputs,
    live_of,
    manager_of,
    settled,
    to_be_made,
)
from lab.standins.properties import Properties
from lab.standins.refusals import RefusedError

# A new definition is served a moment after it is established, a new webhook some seconds after its pod is ready.
KIND_SECONDS = 10.0
WEBHOOK_SECONDS = 30.0
RETRY_SECONDS = 0.5
# These own pods, which have to be gone before the object counts as gone.
FOREGROUND_KINDS = frozenset({"DaemonSet", "Deployment", "Job", "ReplicaSet", "StatefulSet"})


@dataclass(frozen=True, kw_only=True)
class Done:
    """The outcome of an operation: `reasons` say why the object is not ready, "" id that it is no more."""

    id: str
    state: Properties
    inputs: Properties
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Operations:
    """The operations on one reachable cluster; all raise ApiError, UnreachableError or RefusedError.

    stopped: set when the user interrupts; tell: a line of progress about the resource at hand.
    """

    client: Client
    configuration: Configuration
    stopped: threading.Event
    tell: Callable[[str], None]

    def create(self, declared: Properties, *, seconds: float) -> Done:
        """Make the object and wait until it is ready; one that exists already is refused unless upsert is on."""
        values = declared.values
        kind = self._kind(values, patience=KIND_SECONDS)
        url = self._url(kind, values)
        existing = self.client.find(url)
        if existing is not None and text(existing, "metadata", "deletionTimestamp"):
            # Its end was asked for by somebody: applying to it now would lose the new object with the old one.
            self._until_gone(url, existing, seconds_for(values, custom=seconds))
            existing = None
        if existing is not None and not self.configuration.upsert:
            raise RefusedError(
                f"{text(values, 'kind')} {object_id(existing)} already exists and is not in this stack. Import it with "
                "`pulumi import`, or let the stack take it over with the provider option upsertExistingObjects "
                "(PULUMI_K8S_UPSERT_EXISTING_OBJECTS=true), or delete it."
            )
        manager = manager_of({}, values)
        live = self._apply(url, self._fitting(kind, values), manager=manager)
        return self._await(url, live, declared, manager=manager, old={}, seconds=seconds)

    def preview_create(self, declared: Properties) -> Properties:
        """The outputs a creation would have, as far as a dry run can tell; the inputs where it cannot."""
        kind = self.client.kind(text(declared.values, "apiVersion"), text(declared.values, "kind"))
        undecided = declared.with_values(to_be_made(declared.values))
        if not declared.known or kind is None:
            return undecided
        manager = manager_of({}, declared.values)
        url = self._url(kind, declared.values)
        try:
            # Forced: what is in the way now may be an object that this very update replaces first.
            live = self.client.apply(
                url, self._fitting(kind, declared.values), manager=manager, force=True, dry_run=True
            )
        except ApiError as error:
            if error.missing or error.immutable or _webhook_away(error):
                return undecided
            raise
        return checkpoint(live=to_be_made(live), declared=declared, manager=manager, old={})

    def update(self, declared: Properties, *, old: JsonObject, seconds: float) -> Done:
        """Apply the inputs over the object the state knows, and wait until it is ready."""
        kind = self._kind(declared.values, patience=KIND_SECONDS)
        url = self._url(kind, declared.values)
        manager = manager_of(old, declared.values)
        live = self._apply(url, self._fitting(kind, declared.values), manager=manager)
        return self._await(url, live, declared, manager=manager, old=old, seconds=seconds)

    def preview_update(self, declared: Properties, *, old: JsonObject) -> Properties:
        """The outputs an update would have."""
        manager = manager_of(old, declared.values)
        try:
            live = self.dry_run(declared, old=old)
        except ApiError as error:
            if error.missing or _webhook_away(error):
                live = None
            else:
                raise RefusedError(_with_conflict_advice(error)) from error
        if live is None:
            shown = live_of(old) | declared.values
            return checkpoint(live=shown, declared=declared, manager=manager, old=old)
        return checkpoint(live=live, declared=declared, manager=manager, old=old)

    def dry_run(self, declared: Properties, *, old: JsonObject) -> JsonObject | None:
        """The object as it would be after an update; None when an unknown value or kind forbids the question."""
        kind = self.client.kind(text(declared.values, "apiVersion"), text(declared.values, "kind"))
        if not declared.known or kind is None:
            return None
        values = self._fitting(kind, declared.values)
        return self.client.apply(
            self._url(kind, values),
            values,
            manager=manager_of(old, values),
            force=self._force(values),
            dry_run=True,
        )

    def read(self, resource_id: str, *, type_token: str, old: Properties, inputs: Properties) -> Done | None:
        """The object as it is now, None when it is no more; without inputs, it was made by others and is imported."""
        api_version, name_of_kind = from_token(type_token)
        declared = inputs if inputs.values else _imported(api_version, name_of_kind, resource_id)
        kind = self.client.kind(text(declared.values, "apiVersion"), text(declared.values, "kind"))
        if kind is None:
            return None
        namespace, name = split_id(resource_id)
        live = self.client.find(kind.url(namespace, name))
        if live is None:
            return None
        manager = manager_of(old.values, declared.values)
        if not inputs.values:
            found = Properties(values=imported_inputs(live))
        else:
            found = declared.with_values(self._inputs_now(declared, live, old=old.values, kind=kind))
        state = checkpoint(live=live, declared=found, manager=manager, old=old.values)
        readiness = current(self.client, live=live, declared=found.values)
        return Done(id=object_id(live), state=state, inputs=found, reasons=(*readiness.failed, *readiness.waiting))

    def delete(self, resource_id: str, *, old: JsonObject, declared: JsonObject, seconds: float) -> None:
        """Delete the object and wait until it is gone; one that is gone already is no error."""
        kind = self.client.kind(text(old, "apiVersion"), text(old, "kind"))
        if kind is None:
            # Its definition is gone, and with it every object of the kind.
            return
        namespace, name = split_id(resource_id)
        url = kind.url(namespace, name)
        live = self.client.find(url)
        if live is None:
            return
        asked = annotation(declared, DELETION_POLICY)
        policy = asked.capitalize() or ("Foreground" if text(old, "kind") in FOREGROUND_KINDS else "Background")
        self.client.delete(url, propagation=policy)
        self._until_gone(url, live, seconds_for(declared, custom=seconds))

    def _inputs_now(self, declared: Properties, live: JsonObject, *, old: JsonObject, kind: Kind) -> JsonObject:
        found = mapping(live_inputs(without(declared.values, "stringData"), live))
        if "stringData" in declared.values:
            found["stringData"] = declared.values["stringData"]
        if found == declared.values:
            return found
        try:
            again = self.client.apply(
                self._url(kind, declared.values),
                self._fitting(kind, declared.values),
                manager=manager_of(old, declared.values),
                force=True,
                dry_run=True,
            )
        except ApiError:
            return found
        # The same thing written another way ("1000m" for "1") is no drift.
        return declared.values if settled(again) == settled(live) else found

    def _await(
        self,
        url: str,
        live: JsonObject,
        declared: Properties,
        *,
        manager: str,
        old: JsonObject,
        seconds: float,
    ) -> Done:
        outcome = until_ready(
            self.client,
            url,
            live=live,
            declared=declared.values,
            seconds=seconds_for(declared.values, custom=seconds),
            stopped=self.stopped,
            tell=self.tell,
        )
        state = checkpoint(live=outcome.live, declared=declared, manager=manager, old=old)
        name = f"{text(live, 'kind')} {object_id(live)}"
        reasons = (f"{name}: {'; '.join(outcome.reasons)}",) if outcome.reasons else ()
        return Done(id=object_id(live), state=state, inputs=declared, reasons=reasons)

    def _apply(self, url: str, values: JsonObject, *, manager: str) -> JsonObject:
        end = time.monotonic() + WEBHOOK_SECONDS
        while True:
            try:
                return self.client.apply(url, values, manager=manager, force=self._force(values))
            except ApiError as error:
                if not _webhook_away(error) or time.monotonic() > end or self.stopped.is_set():
                    raise RefusedError(_with_conflict_advice(error)) from error
                self.tell(str(error))
                self.stopped.wait(RETRY_SECONDS)

    def _kind(self, values: JsonObject, *, patience: float) -> Kind:
        api_version, name = text(values, "apiVersion"), text(values, "kind")
        end = time.monotonic() + patience
        while (kind := self.client.kind(api_version, name)) is None:
            if time.monotonic() > end or self.stopped.is_set():
                raise RefusedError(
                    f"the cluster at {self.client.server} serves no kind {name} in {api_version}. Install the definition "
                    "it belongs to first (and make this resource depend on it), or correct apiVersion and kind."
                )
            self.stopped.wait(RETRY_SECONDS)
        return kind

    def _url(self, kind: Kind, values: JsonObject) -> str:
        return kind.url(text(values, "metadata", "namespace"), text(values, "metadata", "name"))

    def _fitting(self, kind: Kind, values: JsonObject) -> JsonObject:
        # The check takes kinds it does not know yet for namespaced ones; now it is known.
        if kind.namespaced or not text(values, "metadata", "namespace"):
            return values
        fitting = copy.deepcopy(values)
        mapping(fitting, "metadata").pop("namespace", None)
        return fitting

    def _force(self, values: JsonObject) -> bool:
        asked = annotation(values, PATCH_FORCE)
        return truth({"force": asked}, "force") if asked else self.configuration.patch_force

    def _until_gone(self, url: str, live: JsonObject, seconds: float) -> None:
        problem = until_gone(
            self.client,
            url,
            uid=text(live, "metadata", "uid"),
            seconds=seconds,
            stopped=self.stopped,
            tell=self.tell,
        )
        if problem:
            raise RefusedError(f"{text(live, 'kind')} {object_id(live)}: {problem}")


def _imported(api_version: str, kind: str, resource_id: str) -> Properties:
    namespace, name = split_id(resource_id)
    metadata: JsonObject = {"name": name, "namespace": namespace} if namespace else {"name": name}
    return Properties(values={"apiVersion": api_version, "kind": kind, "metadata": metadata})


def _webhook_away(error: ApiError) -> bool:
    return error.status == 500 and "failed calling webhook" in str(error)


def _with_conflict_advice(error: ApiError) -> str:
    if error.status != 409 or error.reason != "Conflict":
        return str(error)
    return (
        f"{str(error).rstrip('.')}. Another field manager owns these fields: leave them out of the program, or take "
        'them over with the annotation pulumi.com/patchForce: "true", the provider option enablePatchForce or '
        "PULUMI_K8S_ENABLE_PATCH_FORCE=true."
    )
