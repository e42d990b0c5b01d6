"""What the API server, the CRDs and istiod's webhook say of a document, asked by dry runs; and what validation says."""

from __future__ import annotations

import base64
import json
import ssl
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from components.api import DecodeError, examine
from components.api.validation import Severity, validate
from tests.e2e.beside import Beside

__all__ = ["NAMESPACE", "Judge", "Verdict", "differ", "judge", "our_verdict"]

Item = dict[str, Any]

NAMESPACE = "judged"
"""Of every document that is judged; there while the judge is, and gone with it."""
DRY_RUN = urlencode({"dryRun": "All", "fieldValidation": "Strict"})
DEFINED = '{range .items[*]}{.spec.group} {.spec.names.kind} {.spec.names.plural}{"\\n"}{end}'
REFUSED = (400, 403, 404, 422)
"""Not of the shape or refused by the webhook, of the wrong namespace, without a name, refused by the CRD."""
SECONDS = 30


@dataclass(frozen=True)
class Verdict:
    """What one side says of a document."""

    refused: bool
    warnings: int
    """How many, where it is not refused."""
    words: str
    """Of what was said, for a person."""
    codes: frozenset[str] = frozenset()
    """Ours only: of the errors where it is refused, of the warnings where it is not."""


@dataclass(frozen=True)
class Judge:
    """The cluster's API server, with one connection to it."""

    connection: HTTPSConnection
    plurals: Mapping[tuple[str, str], str]
    """What stands for a kind in the path of a request, by group and kind."""

    def verdict(self, document: Item) -> Verdict:
        """Of a document in `NAMESPACE`. AssertionError where the webhook did not answer, which is no verdict."""
        version = document["apiVersion"]
        plural = self.plurals[version.partition("/")[0], document["kind"]]
        path = f"/apis/{version}/namespaces/{NAMESPACE}/{plural}?{DRY_RUN}"
        self.connection.request("POST", path, json.dumps(document), {"Content-Type": "application/json"})
        response = self.connection.getresponse()
        said = response.read().decode()
        assert response.status in (201, *REFUSED), f"{response.status} is no verdict: {said}"
        warnings = response.headers.get_all("Warning", [])
        refused = response.status != 201
        return Verdict(refused, len(warnings), json.loads(said)["message"] if refused else "; ".join(warnings))


def our_verdict(document: Item) -> Verdict:
    """Of components.api. Where istioctl has words of its own for what istiod warns of, they count as a warning."""
    try:
        made, problems = examine(document)
    except DecodeError as error:
        return Verdict(True, 0, str(error))
    violations = () if made is None else validate(made)
    words = "; ".join([*map(str, problems), *(f"{each.code} {each.path}: {each.message}" for each in violations)])
    errors = frozenset(each.code for each in violations if each.severity is Severity.ERROR)
    if problems or errors:
        return Verdict(True, 0, words, errors)
    warnings = frozenset(each.code for each in violations if each.severity is Severity.WARNING)
    return Verdict(False, len(violations), words, warnings)


def differ(theirs: Verdict, ours: Verdict) -> bool:
    """Whether one refuses and the other does not, istiod warns of more than we do, or of nothing where we do.

    We may warn of the same thing in several places, of which istiod makes one warning.
    """
    if theirs.refused or ours.refused:
        return theirs.refused is not ours.refused
    return theirs.warnings > ours.warnings or (theirs.warnings == 0 and bool(ours.codes))


@contextmanager
def judge(beside: Beside) -> Iterator[Judge]:
    """The API server of stack dev's cluster, with the rights of its user."""
    namespace = json.dumps({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}})
    defined = beside.got("get", "crds", "--output", f"jsonpath={DEFINED}")
    connection = _connection(json.loads(beside.got("config", "view", "--raw", "--minify", "--output", "json")))
    try:
        beside.got("apply", "--filename", "-", given=namespace)
        yield Judge(connection, {(group, kind): plural for group, kind, plural in map(str.split, defined.splitlines())})
    finally:
        connection.close()
        beside.kubectl("delete", "--filename", "-", "--ignore-not-found", given=namespace)


def _connection(config: Item) -> HTTPSConnection:
    """To the one cluster that a flattened kubeconfig has."""
    cluster, user = config["clusters"][0]["cluster"], config["users"][0]["user"]
    context = ssl.create_default_context(cadata=_decoded(cluster["certificate-authority-data"]))
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
        # ssl reads a client's certificate and key from a file only.
        file.write(_decoded(user["client-certificate-data"]) + "\n" + _decoded(user["client-key-data"]))
        file.flush()
        context.load_cert_chain(file.name)
    return HTTPSConnection(urlsplit(cluster["server"]).netloc, context=context, timeout=SECONDS)


def _decoded(text: str) -> str:
    return base64.b64decode(text).decode()
