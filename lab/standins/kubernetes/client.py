"""The Kubernetes API over HTTP: few calls, kept connections, errors as values one can tell apart.

The standard library's client, because importing the `kubernetes` package takes longer than a whole preview.
"""

import http.client
import json
import os
import ssl
import tempfile
import threading
import time
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from lab.standins.json_values import Json, JsonObject, mapping, number, sequence, text, truth
from lab.standins.kubernetes.kubeconfig import Access

CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 60.0
# 429 is the server's own flow control asking for patience.
BUSY_PAUSES = (0.5, 1.0, 2.0, 4.0)
# There is no reason code for it, only these words of the API server's validation.
IMMUTABLE_WORDS = (
    "immutable",
    "may not be changed",
    "may not change fields other than",
    "updates to statefulset spec for fields other than",
)
APPLY = "application/apply-patch+yaml"


class UnreachableError(Exception):
    """No API server answers at the address of the kubeconfig."""


class ApiError(Exception):
    """The API server said no: `status` is the HTTP code, `reason` and `causes` the fields of its Status object."""

    def __init__(self, status: int, body: JsonObject) -> None:
        self.status = status
        self.reason = text(body, "reason")
        self.causes = tuple(text(cause, "field") for cause in sequence(body, "details", "causes"))
        super().__init__(text(body, "message") or f"the API server answered {status}")

    @property
    def missing(self) -> bool:
        return self.status == 404

    @property
    def immutable(self) -> bool:
        """The server would take the new value only for a new object."""
        return self.status == 422 and any(words in str(self) for words in IMMUTABLE_WORDS)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Where objects of a kind live: `path` such as /apis/apps/v1, `plural` such as deployments."""

    path: str
    plural: str
    namespaced: bool

    def url(self, namespace: str, name: str = "") -> str:
        within = f"/namespaces/{quote(namespace)}" if self.namespaced and namespace else ""
        return f"{self.path}{within}/{self.plural}" + (f"/{quote(name)}" if name else "")


class Client:
    """One API server; safe to use from many threads."""

    def __init__(self, access: Access) -> None:
        self._access = access
        parts = urlsplit(access.server)
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname or "", parts.port or (443 if self._secure else 80)
        self._prefix = parts.path
        self._tls = _tls(access) if self._secure else None
        self._idle: list[http.client.HTTPConnection] = []
        self._lock = threading.Lock()
        self._kinds: dict[str, dict[str, Kind]] = {}

    @property
    def server(self) -> str:
        return self._access.server

    def get(self, url: str) -> JsonObject:
        """The object at `url`; raises ApiError (missing when there is none) or UnreachableError."""
        return self.request("GET", url)

    def find(self, url: str) -> JsonObject | None:
        """The object at `url`, None when there is none."""
        try:
            return self.get(url)
        except ApiError as error:
            if error.missing:
                return None
            raise

    def apply(self, url: str, body: JsonObject, *, manager: str, force: bool, dry_run: bool = False) -> JsonObject:
        """Server-side apply under the field manager `manager`; returns the object as the server has it then."""
        query = {"fieldManager": manager, "force": "true" if force else "false", "fieldValidation": "Warn"}
        if dry_run:
            query["dryRun"] = "All"
        return self.request("PATCH", f"{url}?{urlencode(query)}", body, content_type=APPLY)

    def delete(self, url: str, *, propagation: str) -> None:
        """Ask for the object's deletion; one that is gone already is no error."""
        try:
            self.request("DELETE", url, {"kind": "DeleteOptions", "apiVersion": "v1", "propagationPolicy": propagation})
        except ApiError as error:
            if not error.missing:
                raise

    def kind(self, api_version: str, kind: str) -> Kind | None:
        """Where objects of this kind live, asked of the server once a group and version; None when it serves no such kind."""
        known = self._kinds.get(api_version, {})
        if kind not in known:
            known = self._discover(api_version)
            with self._lock:
                self._kinds[api_version] = known
        return known.get(kind)

    def request(
        self, method: str, url: str, body: JsonObject | None = None, *, content_type: str = "application/json"
    ) -> JsonObject:
        """One call; raises ApiError or UnreachableError."""
        payload = None if body is None else json.dumps(body).encode()
        headers = {"Accept": "application/json", "User-Agent": "pulumi-resource-kubernetes-stand-in"}
        if payload is not None:
            headers["Content-Type"] = content_type
        if self._access.token:
            headers["Authorization"] = f"Bearer {self._access.token}"
        for pause in (*BUSY_PAUSES, None):
            status, content = self._exchange(method, self._prefix + url, payload, headers)
            if status != 429 or pause is None:
                break
            time.sleep(pause)
        parsed = _parse(content)
        if status >= 400:
            raise ApiError(status, parsed or {"message": content.decode(errors="replace").strip()})
        return parsed

    def _exchange(self, method: str, url: str, payload: bytes | None, headers: dict[str, str]) -> tuple[int, bytes]:
        # A kept connection may have been closed by the server meanwhile, so a failure on one is tried afresh.
        while True:
            with self._lock:
                kept = self._idle.pop() if self._idle else None
            try:
                connection = kept or self._connect()
                connection.request(method, url, payload, headers)
                answer = connection.getresponse()
                content = answer.read()
            except (OSError, http.client.HTTPException) as error:
                if kept is not None:
                    kept.close()
                    continue
                raise UnreachableError(f"no API server answers at {self.server}: {error}") from error
            if answer.will_close:
                connection.close()
            else:
                with self._lock:
                    self._idle.append(connection)
            return answer.status, content

    def _connect(self) -> http.client.HTTPConnection:
        connection = (
            http.client.HTTPSConnection(self._host, self._port, timeout=CONNECT_SECONDS, context=self._tls)
            if self._tls is not None
            else http.client.HTTPConnection(self._host, self._port, timeout=CONNECT_SECONDS)
        )
        connection.connect()
        connection.sock.settimeout(ANSWER_SECONDS)
        return connection

    def _discover(self, api_version: str) -> dict[str, Kind]:
        path = f"/apis/{api_version}" if "/" in api_version else f"/api/{api_version}"
        listed = self.find(path) or {}
        found: dict[str, Kind] = {}
        for item in sequence(listed, "resources"):
            plural = text(item, "name")
            if "/" not in plural:
                found[text(item, "kind")] = Kind(path=path, plural=plural, namespaced=truth(item, "namespaced"))
        return found


def generation_seen(live: JsonObject) -> bool:
    """Whether the controller has looked at the newest spec."""
    return number(live, "status", "observedGeneration") >= number(live, "metadata", "generation")


def _parse(content: bytes) -> JsonObject:
    try:
        parsed: Json = json.loads(content)
    except ValueError:
        return {}
    return mapping(parsed)


def _tls(access: Access) -> ssl.SSLContext:
    context = ssl.create_default_context(cadata=access.authority.decode() if access.authority else None)
    if not access.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    # Since 3.13 the default refuses authorities without a key identifier, which cluster tools often make.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    if access.certificate and access.key:
        # The ssl module takes client certificates from files only.
        handle, name = tempfile.mkstemp(prefix="lab-client-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(access.certificate + b"\n" + access.key)
            context.load_cert_chain(name)
        finally:
            os.unlink(name)
    return context
