"""What values must look like, as istiod sees them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from components.api import Duration
from components.api.networking.virtual_service import StringMatch
from components.api.validation import Flaw, formats

LONG = "a" * 63


def good_and_bad(good: list[str], bad: list[str]) -> pytest.MarkDecorator:
    """Values, and whether they are right."""
    return pytest.mark.parametrize(
        ("value", "right"),
        [
            pytest.param(value, right, id=repr(value)[:40])
            for values, right in ((good, True), (bad, False))
            for value in values
        ],
    )


def told(flaw: Flaw | None, value: str) -> bool:
    """Whether nothing is wrong; what is wrong names the value and says what is allowed."""
    if flaw is None:
        return True
    assert repr(value)[1:20].rstrip("'") in flaw.message
    assert flaw.remedy.endswith(".")
    return False


@good_and_bad(
    ["a", "A-1.b", "reviews.shop.svc.cluster.local", "example.com.", LONG, "1.a", "a.99999999999999999999"],
    ["", ".", "a..b", "-a", "a-", "a_b", "*.a", "a.1", "1", LONG + "a", ".".join([LONG] * 4) + ".a", "ä.de"],
)
def test_domain_names(value: str, right: bool) -> None:
    """A last part that is a number makes an address of it; Go reads no number of twenty digits as one."""
    assert told(formats.fqdn_flaw(value), value) is right
    assert formats.host_flaw(value, wildcard=False) == formats.fqdn_flaw(value)


@good_and_bad(
    ["*", "*.a", "*-a.b", "*a.b", "a", "a.", "1", "*."],
    ["", "**", "a*.b", "a.*", "*.*", "*.1", "-*", "a." + LONG + "a"],
)
def test_domain_names_with_wildcard(value: str, right: bool) -> None:
    """Only the first part may have one, at its start."""
    assert told(formats.wildcard_domain_flaw(value), value) is right
    assert formats.host_flaw(value) == formats.wildcard_domain_flaw(value)


@good_and_bad(["a", "A", "1", "a-b", LONG], ["", "-", "a.b", "a_b", "*", LONG + "a", "a\n"])
def test_labels_of_domain_names(value: str, right: bool) -> None:
    """A newline at the end is no part of one."""
    assert told(formats.dns_label_flaw(value), value.strip()) is right
    assert formats.is_dns_label(value) is right


@pytest.mark.parametrize(("number", "right"), [(0, False), (1, True), (65535, True), (65536, False), (-1, False)])
def test_ports(number: int, right: bool) -> None:
    """From 1 to 65535."""
    assert (formats.port_flaw(number) is None) is right


@pytest.mark.parametrize(
    ("value", "word"),
    [
        pytest.param(timedelta(milliseconds=1), None, id="1ms"),
        pytest.param(Duration(hours=1), None, id="1h"),
        pytest.param(timedelta(microseconds=999), "short", id="below 1ms"),
        pytest.param(Duration(), "short", id="0s"),
        pytest.param(Duration(seconds=-1), "short", id="negative"),
        pytest.param(timedelta(microseconds=1500), "finer", id="1.5ms"),
        pytest.param(Duration(seconds=1, nanoseconds=1), "finer", id="1s and 1ns"),
    ],
)
def test_durations(value: timedelta, word: str | None) -> None:
    """At least 1 ms, whole milliseconds."""
    flaw = formats.duration_flaw(value)
    assert (flaw is None) is (word is None)
    assert flaw is None or str(word) in flaw.message


@good_and_bad(
    ["1.2.3.4", "::1", "2001:db8::1", "::ffff:1.2.3.4", "fe80::1%eth0"],
    ["", "fe80::1%", "1.2.3.4%eth0", "1.2.3", "1.2.3.04", "1.2.3.256", "a", ":::", "1.2.3.4/8"],
)
def test_addresses(value: str, right: bool) -> None:
    """Of either family."""
    assert told(formats.ip_flaw(value), value) is right
    assert formats.is_ip(value) is right


@good_and_bad(
    ["1.2.3.4", "10.1.0.0/8", "0.0.0.0/0", "2001:db8::/32", "::1/128"],
    [
        "",
        "1.2.3.4/33",
        "1.2.3.4/",
        "1.2.3.4/08",
        "1.2.3.4/255.0.0.0",
        "::1/129",
        "fe80::%eth0/64",
        "1.2.3.4/8/8",
        "a/8",
    ],
)
def test_ranges_of_addresses(value: str, right: bool) -> None:
    """Bits beyond the length may be set."""
    assert told(formats.ip_or_cidr_flaw(value), value) is right


@good_and_bad(
    ["", ".*", "^/a(b|c)$", "(?i)a", r"\d+", r"\\C", r"\Q\C\E", "(?P<a>b)", "ä"],
    ["(", "*", "a**", "(?=a)", r"(a)\1", r"a\\\C", "[b-a]", "a{1001}"],
)
def test_regular_expressions(value: str, right: bool) -> None:
    """Those of RE2."""
    assert told(formats.regex_flaw(value), value) is right


def test_length_of_expressions_is_in_bytes() -> None:
    """1024 of them."""
    assert formats.regex_flaw("a" * 1024) is None
    assert formats.regex_flaw("a" * 1025) is not None
    assert formats.regex_flaw("ä" * 513) is not None


def test_conditions_on_texts() -> None:
    """An empty prefix or expression is no condition; an empty exact text, and none at all, are."""
    assert formats.string_match_flaw(StringMatch()) is None
    assert formats.string_match_flaw(StringMatch(exact="")) is None
    assert formats.string_match_flaw(StringMatch(prefix="")) is not None
    assert formats.string_match_flaw(StringMatch(regex="")) is not None
    assert formats.string_match_regex_flaw(StringMatch(prefix="")) is None
    assert formats.string_match_regex_flaw(StringMatch(regex="(")) is not None


@pytest.mark.parametrize(("value", "right"), [(-1, False), (0, True), (100, True), (101, False)])
def test_percentages(value: int, right: bool) -> None:
    """From 0 to 100."""
    assert (formats.percent_flaw(value) is None) is right


@good_and_bad(
    ["app", "app.kubernetes.io/name", "a_b.c-d", LONG, "a/" + LONG, ".".join([LONG] * 3) + "." + "a" * 61 + "/a"],
    ["", "/a", "a/", "a/b/c", "-a", "a b", LONG + "a", "a_b/c", ".".join([LONG] * 4) + "/a"],
)
def test_keys_of_labels(value: str, right: bool) -> None:
    """A name, and a DNS name of at most 253 characters before it."""
    assert told(formats.labels_flaw({value: "a"}), value) is right


@good_and_bad(["", "a", "1", "a_b.c-d"], ["-", "a b", "*", "a/b"])
def test_values_of_labels(value: str, right: bool) -> None:
    """They may be empty."""
    assert told(formats.labels_flaw({"app": value}), value) is right


@good_and_bad(["/var/run/a.sock", "@abstract", "@"], ["", "var/run/a.sock", "/var/run/", "unix:///a"])
def test_addresses_of_unix_sockets(value: str, right: bool) -> None:
    """A path to a file, or an abstract name."""
    assert told(formats.unix_address_flaw(value), value) is right


@good_and_bad(["", "HTTP", "http", "gRPC-Web", "HTTP_PROXY"], ["HTTP3", "sctp", "HBONE"])
def test_protocols(value: str, right: bool) -> None:
    """Whatever their case."""
    assert told(formats.protocol_flaw(value), value) is right
