"""Names and values of headers, as istiod sees them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from components.api.validation import Flaw, headers

Check = Callable[[str], Flaw | None]


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        pytest.param(
            headers.header_name_flaw, ["x-a", "a,b", "a!#$%&'*+.^_`|~"], ["", "a b", ":path", "ä"], id="token"
        ),
        pytest.param(headers.strict_header_name_flaw, ["x-a_b"], ["", "a.b", "a b"], id="strict"),
        pytest.param(headers.probe_header_name_flaw, ["x-a"], ["", "a_b"], id="of a probe"),
        pytest.param(
            headers.request_operation_name_flaw, ["x", "Host", ":Authority"], ["", ":path"], id="of a request"
        ),
        pytest.param(headers.operation_name_flaw, ["x", "hosts"], ["", "HOST", ":authority"], id="of a response"),
    ],
)
def test_names(check: Check, good: list[str], bad: list[str]) -> None:
    """Each place has its own form."""
    assert [check(name) for name in good] == [None] * len(good)
    assert all(check(name) is not None for name in bad)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "plain\ttext, ä",
        "100%%",
        "%START_TIME%",
        "before %HOSTNAME% behind",
        "%REQ(:path)%",
        '%DYNAMIC_METADATA(["a", "b"])%',
        "%A( x)% %B%",
        r"%A(x\))%",
        "%A(x) %",
    ],
)
def test_values(value: str) -> None:
    """Text, and what Envoy fills in."""
    assert headers.header_value_flaw(value) is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a\nb", "control characters"),
        ("a\x7f", "control characters"),
        ("100%", "a single %"),
        ("%START_TIME%%", "a single %"),
        ("abc%123", "not closed"),
        ("%A(x", "not closed"),
        ("%A(x)", "not closed"),
        ("%A(x)b%", "'b' cannot stand"),
        ('%A(["a" "b"])%', "cannot stand"),
        ("%A([a])%", "'a' cannot stand"),
        ('%A(["a"]x)%', "'x' cannot stand"),
        ("%A(x\\", "a backslash"),
    ],
)
def test_values_that_are_none(value: str, words: str) -> None:
    """The message says where."""
    flaw = headers.header_value_flaw(value)
    assert flaw is not None
    assert words in flaw.message
    assert "%%" in flaw.remedy or "control" in words


def test_the_authority_has_two_names() -> None:
    """Whatever their case."""
    assert headers.is_authority("Host")
    assert headers.is_authority(":authority")
    assert not headers.is_authority("x-host")
