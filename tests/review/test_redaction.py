"""No secret is ever in a comment."""

from __future__ import annotations

import json

import pytest

from components.review import markdown, read, review
from components.review.redaction import SECRET, UNKNOWN, redacted
from tests.review.previews import document, faults, preview, recorded, step

HIDDEN = "hunter2"

SECRETS = {
    "of-a-secret": "{apiVersion: v1, kind: Secret, metadata: {name: x}, stringData: {password: hunter2}}",
    "base64-of-a-secret": "{apiVersion: v1, kind: Secret, metadata: {name: x}, data: {anything: hunter2}}",
    "last-applied": "{apiVersion: v1, kind: Secret, metadata: {name: x, annotations: "
    "{kubectl.kubernetes.io/last-applied-configuration: 'hunter2'}}}",
    "environment": "{apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {containers: [{name: c, env: "
    "[{name: DB_PASSWORD, value: hunter2}, {name: API_TOKEN, value: hunter2}]}]}}",
    "by-its-key": "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {registryPassword: hunter2}}",
    "a-key-in-pem": "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: "
    "{a: '-----BEGIN EC PRIVATE KEY----- hunter2'}}",
    "in-a-url": "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {a: 'see https://me:hunter2@host/path'}}",
    "marked-by-the-engine": "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: "
    "{a: {4dabf18193072939515e22adb298388d: 1b47061264138c4ac30d75fd1eb44270, plaintext: hunter2}}}",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in SECRETS.items()])
@pytest.mark.parametrize("op", ["create", "update", "delete", "replace", "frobnicate"])
def test_a_secret_is_shown_nowhere(text: str, op: str) -> None:
    """Neither before nor after, whatever is done with it."""
    new = document(text)
    old = document(text.replace(HIDDEN, "swordfish"))
    made = read(preview([step(op, None if op == "create" else old, None if op == "delete" else new)]))
    written = markdown(review(made, analyse=faults))
    assert HIDDEN not in written
    assert "swordfish" not in written
    assert HIDDEN not in repr(made)


def test_a_secret_that_changes_is_said_to() -> None:
    """Both values look alike, so the provider's own list of differences is asked."""
    text = SECRETS["of-a-secret"]
    one = step("update", document(text), document(text), detailedDiff={"stringData.password": {"kind": "update"}})
    assert "changes, its value is secret" in markdown(review(read(preview([one])), analyse=faults))


@pytest.mark.parametrize(
    "text",
    ["{credentialName: shop}", "{secretName: shop}", "{forwardOriginalToken: true}", "{privateKey: /etc/key.pem}"],
)
def test_names_of_secrets_are_no_secrets(text: str) -> None:
    """A gateway's credentialName is what a reader wants to see."""
    given = document(text)
    assert redacted(given) == given


def test_what_is_not_known_yet_has_a_word() -> None:
    """The engine writes a number nobody can read in place of an image that is built during the update."""
    inputs = redacted({"image": "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "port": "3eeb2bf0-c639-47a8-9e75-3b44932eb421"})
    assert inputs == {"image": UNKNOWN, "port": UNKNOWN}
    assert "04da6b54" not in markdown(review(read(recorded("create")), analyse=faults))


def test_the_engines_own_word_for_a_secret_is_ours() -> None:
    """A whole Secret's data comes as one."""
    secrets = [each for each in json.loads(recorded("guarded"))["steps"] if "v1:Secret::" in each["urn"]]
    assert [each["newState"]["inputs"]["data"] for each in secrets] == [SECRET]
