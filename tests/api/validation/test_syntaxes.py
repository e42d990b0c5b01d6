"""URLs, keys and expressions are read as the libraries read them that istiod is built with."""

from __future__ import annotations

import pytest

from components.api.validation.cel_syntax import syntax_error
from components.api.validation.jwks import JwksError, Key, parse_jwks
from components.api.validation.urls import Url, UrlError, parse_request_uri, parse_url


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://a.example/keys", Url("https", "")),
        ("HTTP://user:pass@a:8080/?q#f", Url("http", "8080")),
        ("https://[::1]:443/", Url("https", "443")),
        ("https://[fe80::1%25eth0]/", Url("https", "")),
        ("mailto:somebody", Url("mailto", "")),
        ("/keys", Url("", "")),
        ("keys/a:b", Url("", "")),
        ("*", Url("", "")),
    ],
)
def test_urls_are_read(text: str, url: Url) -> None:
    """Scheme in small letters, and port."""
    assert parse_url(text) == url


@pytest.mark.parametrize(
    "text",
    [
        "https://a b/",
        "https://a:b/",
        "https://a:1:2/",
        "https://[::1/",
        "https://[1.2.3.4]/",
        "https://a[::1]/",
        "https://a%41/",
        "https://us er@a/",
        "https://a/%zz",
        "https://a/#%zz",
        ":a",
        "a:b\t",
        "1:2",
    ],
)
def test_texts_that_are_no_urls_are_refused(text: str) -> None:
    """Spaces, bad ports, bad escapes, brackets around no address."""
    with pytest.raises(UrlError):
        parse_url(text)


@pytest.mark.parametrize("text", ["", "keys", "a.example/keys", "#x"])
def test_a_url_of_a_request_is_not_relative(text: str) -> None:
    """It has a scheme, or is an absolute path."""
    with pytest.raises(UrlError):
        parse_request_uri(text)


@pytest.mark.parametrize(
    "text",
    [
        "response.code >= 500",
        "request.headers['x-tester'] == \"yes\" && !has(request.id)",
        "has(a.b) ? a.b.matches(r'^\\d+$') : connection_properties.mtls",
        "[1, 2u, 0x1F, .5, 1e3,].exists(x, x in {'a': -1, 'b': 2}) // why",
        "google.rpc.Status{code: 1, }.code == 1",
        "'\\u00e4\\x41\\101\\n' + '''a\n'b''' != b'\\xff'",
        "- -1 - !true",
        "!-1 == -9223372036854775808",
        "a.package.if",
        "[,]",
    ],
)
def test_expressions_are_expressions(text: str) -> None:
    """All that the language has."""
    assert syntax_error(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "a name is missing, at character 1"),
        ("response.code >=", "a name is missing, at character 17"),
        ("a b", "more than one expression, at character 3, 'b'"),
        ("(a", "')' is missing, at character 3"),
        ("a ? b ? c : d : e", "':' is missing, at character 7, '?'"),
        ("has(a)", "has() takes a field, such as request.id, at character 5, 'a'"),
        ("a.all(b.c, true)", "all() takes a name first, at character 7, 'b'"),
        ("package == 1", "a name that is kept for the language, at character 1, 'package'"),
        ("'a\\q'", "'\\\\q' stands for no character, at character 1, \"'a\\\\q'\""),
        ("'a", 'not of the language, at character 1, "\'"'),
        ("a = 1", "not of the language, at character 3, '='"),
        ("!-a", "not a name, at character 2, '-'"),
        ("99999999999999999999", "a number that is too large, at character 1, '99999999999999999999'"),
        ("f(a,)", "not a name, at character 5, ')'"),
    ],
)
def test_texts_that_are_no_expressions_are_refused(text: str, words: str) -> None:
    """And it is said where."""
    assert syntax_error(text) == words


def test_an_expression_that_is_too_deep_is_not_called_wrong() -> None:
    """Only what surely is."""
    assert syntax_error("(" * 3000 + "a" + ")" * 3000) is None


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ('{"keys": []}', ()),
        ('{"keys": null}', ()),
        ('{"kty": "RSA", "e": "AQAB", "n": "a+b/"}', (Key("RSA", False),)),
        ('{"keys": [{"kty": "EC", "crv": "P-256", "x": "AA", "y": "AAA=", "d": "AA"}]}', (Key("EC", True),)),
        ('{"kty": "OKP", "crv": "Ed25519", "x": "AA=="}', (Key("OKP", False),)),
        ('{"kty": "oct", "k": ""}', (Key("oct", True),)),
    ],
)
def test_keys_are_read(text: str, keys: tuple[Key, ...]) -> None:
    """A set, or one by itself; in either alphabet, padded or not."""
    assert parse_jwks(text) == keys


@pytest.mark.parametrize(
    "text",
    [
        "keys",
        "[]",
        '{"keys": 1}',
        '{"keys": [1]}',
        '{"keys": [{"kty": "DSA"}]}',
        '{"kty": "RSA", "e": "AQAB"}',
        '{"kty": "EC", "x": "AA", "y": "AA"}',
        '{"kty": "EC", "crv": 1, "x": "AA", "y": "AA"}',
        '{"kty": "oct", "k": "A"}',
        '{"kty": "oct", "k": "A-/A"}',
        '{"kty": "oct", "k": 1}',
        '{"kty": "oct", "k": "AA", "kid": 1}',
        "{}",
    ],
)
def test_texts_that_are_no_keys_are_refused(text: str) -> None:
    """No JSON, no known kind, a member that is missing or no base64."""
    with pytest.raises(JwksError):
        parse_jwks(text)
