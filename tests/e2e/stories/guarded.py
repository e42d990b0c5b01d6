"""A guarded shop: what is asked at the door, and who answers whom inside."""

from __future__ import annotations

import socket
import ssl
import subprocess
from pathlib import Path

import pytest

from tests.e2e.guarded_mesh import Signer
from tests.e2e.stories.asking import Answer, Ask, Example, until

HOST = "store.test"
FRONT, ORDERS = "front.store.svc.cluster.local", "orders.store.svc.cluster.local"
STOCK = "stock.warehouse.svc.cluster.local"


def given(example: Example, folder: Path) -> None:
    """A certificate of its own, which signs itself, and an issuer's public key; made anew for each run."""
    key, certificate = folder / "tls.pem", folder / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"),
            *("-addext", f"subjectAltName=DNS:{HOST}", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    example.set("certificate", certificate.read_text())
    example.set("privateKey", key.read_text(), "--secret")
    example.set("jwks", Signer.make(folder).jwks)


def tell(example: Example, folder: Path) -> None:
    trusted = ssl.create_default_context(cafile=str(folder / "certificate.pem"))
    door = Door(example, trusted, Signer(folder / "key.pem"))
    until("the gateway has its certificate", lambda: _shakes_hands(example, trusted))
    until("the front answers", lambda: door.ask("/").status == 200)
    plain_http_is_sent_to_https(example)
    the_certificate_is_the_given_one(example, folder)
    tokens_open_what_is_not_public(door, Signer.make(_other(folder)))
    each_answers_those_it_is_declared_to(example)


class Door:
    """The shop by HTTPS."""

    def __init__(self, example: Example, trusted: ssl.SSLContext, signer: Signer) -> None:
        self._example, self._trusted, self.signer = example, trusted, signer

    def ask(self, path: str, token: str | None = None, **headers: str) -> Answer:
        if token:
            headers["authorization"] = f"Bearer {token}"
        (answer,) = self._example.at_gateway([Ask(HOST, path, headers=headers)], tls=self._trusted)
        return answer


def plain_http_is_sent_to_https(example: Example) -> None:
    """The same place, by 301."""
    (answer,) = example.at_gateway([Ask(HOST, "/public/a?b=c")])
    assert (answer.status, answer.headers["location"]) == (301, f"https://{HOST}/public/a?b=c")


def the_certificate_is_the_given_one(example: Example, folder: Path) -> None:
    """To the letter; and a name that nobody declared is shown none."""
    trusted = ssl.create_default_context(cafile=str(folder / "certificate.pem"))
    assert _shakes_hands(example, trusted) == ssl.PEM_cert_to_DER_cert((folder / "certificate.pem").read_text())
    with pytest.raises(OSError, match=r"EOF|reset"):
        example.at_gateway([Ask("other.test")], tls=trusted)


def tokens_open_what_is_not_public(door: Door, stranger: Signer) -> None:
    """No token is 403, a bad one 401, one for another audience or a guest's at /admin 403; a claim arrives as a header."""
    good = door.signer.token({"aud": "store"})
    statuses = {
        path: door.ask(path, token).status
        for path, token in {"/": None, "/public/prices": None, "/account": None, "/account/mine": good}.items()
    }
    assert statuses == {"/": 200, "/public/prices": 200, "/account": 403, "/account/mine": 200}
    assert door.ask("/account", stranger.token({"aud": "store"})).status == 401
    assert door.ask("/account", door.signer.token({"aud": "store", "exp": 1})).status == 401
    assert door.ask("/account", door.signer.token({"aud": "elsewhere"})).status == 403
    assert door.ask("/admin", door.signer.token({"aud": "store", "role": "guest"})).status == 403
    assert door.ask("/admin", door.signer.token({"aud": "store", "role": "member"})).status == 200
    headers = door.ask("/account", good, **{"x-customer": "mallory"}).seen["headers"]
    assert (headers["x-customer"], headers.get("authorization")) == ("ann", None)


def each_answers_those_it_is_declared_to(example: Example) -> None:
    """By identity or namespace, method and path; everybody else is refused."""
    callers = {"front": "store/front-v1", "orders": "store/orders-v1", "visitor": "visitors/visitor-v1"}
    for caller in callers.values():
        until(f"{caller} knows all", lambda caller=caller: {FRONT, ORDERS, STOCK} <= example.known(caller).keys())
    expected = {
        ("front", Ask(ORDERS, "/orders/7")): 200,
        ("front", Ask(ORDERS, "/orders/7", "POST")): 200,
        ("front", Ask(ORDERS, "/orders/7", "DELETE")): 403,
        ("front", Ask(ORDERS, "/orders/7/lines")): 403,
        ("orders", Ask(ORDERS, "/orders/7")): 403,
        ("front", Ask(STOCK, "/shelf")): 200,
        ("orders", Ask(STOCK, "/shelf")): 200,
        ("orders", Ask(STOCK, "/shelf", "PUT")): 403,
        ("orders", Ask(STOCK, "/prices/7")): 403,
        ("orders", Ask(FRONT, "/")): 403,
        ("visitor", Ask(FRONT, "/")): 403,
        ("visitor", Ask(ORDERS, "/orders/7")): 403,
        ("visitor", Ask(STOCK, "/shelf")): 403,
    }
    seen = {}
    for name, deployment in callers.items():
        asked = [ask for caller, ask in expected if caller == name]
        answers = example.from_pod_of(deployment, asked)
        seen |= {(name, ask): answer.status for ask, answer in zip(asked, answers, strict=True)}
    assert seen == expected


def _shakes_hands(example: Example, trusted: ssl.SSLContext) -> bytes | None:
    """The certificate that is shown; None while there is none."""
    try:
        with (
            socket.create_connection((example.address, 443), timeout=10) as plain,
            trusted.wrap_socket(plain, server_hostname=HOST) as secure,
        ):
            return secure.getpeercert(binary_form=True)
    except OSError:
        return None


def _other(folder: Path) -> Path:
    other = folder / "stranger"
    other.mkdir(exist_ok=True)
    return other
