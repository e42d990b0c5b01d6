"""Stickiness: the same pod, the same version, and what becomes of those whose pod fails."""

from __future__ import annotations

from collections import Counter

from components.experiments.statistics import shares_p
from tests.e2e.stories.asking import GATEWAY, UNLIKELY, Answer, Ask, Example, until

CART, CHECKOUT = "cart.test", "checkout.test"
CATALOG, TILL = "catalog.sticky.svc.cluster.local", "till.sticky.svc.cluster.local"
CALLER = "sticky/checkout-v1"


def tell(example: Example) -> None:
    until(
        "the gateway serves", lambda: [a.status for a in example.at_gateway([Ask(CART), Ask(CHECKOUT)])] == [200, 200]
    )
    until("it knows every cart", lambda: example.known(GATEWAY).get("cart.sticky.svc.cluster.local", 0) >= 3)
    a_cookie_brings_back_to_the_pod(example)
    a_part_has_a_balancer_of_its_own(example)
    a_canary_is_shared_out_and_sticks(example)
    until("the caller knows all shelves", lambda: example.known(CALLER).get(CATALOG) == 3)
    items_move_away_from_a_pod_that_fails_and_settle(example)
    what_is_over_the_limits_is_refused_at_once(example)


def a_cookie_brings_back_to_the_pod(example: Example) -> None:
    """The proxy makes it, with the declared life; visitors with cookies of their own are spread over the pods.

    Envoy makes a cookie's value of the connection's two addresses, so each visitor comes by a connection of its own.
    """
    first = [answer for _ in range(40) for answer in example.at_gateway([Ask(CART)])]
    pins = [answer.headers["set-cookie"] for answer in first]
    assert all("Max-Age=1800" in pin and "Path=/" in pin and pin.startswith("cart=") for pin in pins), pins[0]
    again = example.at_gateway([Ask(CART, headers={"cookie": pin.split(";")[0]}) for pin in pins for _ in range(3)])
    assert [answer.pod for answer in again] == [answer.pod for answer in first for _ in range(3)]
    assert not any("set-cookie" in answer.headers for answer in again)
    assert len({answer.pod for answer in first}) > 1  # by chance once in 3 ** 39


def a_part_has_a_balancer_of_its_own(example: Example) -> None:
    """A user's header on one path, in turn on another."""
    users = [Ask(CART, "/user", headers={"x-user": f"user-{number}"}) for number in range(40)]
    first, second = example.at_gateway(users), example.at_gateway(users)
    assert [answer.pod for answer in first] == [answer.pod for answer in second]
    assert len({answer.pod for answer in first}) > 1
    in_turn = Counter(answer.pod for answer in example.at_gateway([Ask(CART, "/any")] * 60))
    assert sorted(in_turn.values()) == [20, 20, 20]


def a_canary_is_shared_out_and_sticks(example: Example) -> None:
    """New visitors by weight, once in a million wrong; with their cookie, the same again."""
    first = example.at_gateway([Ask(CHECKOUT)] * 600)
    met = Counter(answer.version for answer in first)
    assert shares_p([met["v1"], met["v2"]], [0.75, 0.25]) > UNLIKELY, met
    pins = [answer.headers["set-cookie"] for answer in first]
    assert pins == [f"canary={answer.version}; Path=/; Max-Age=600; HttpOnly" for answer in first]
    again = example.at_gateway([Ask(CHECKOUT, headers={"cookie": pin.split(";")[0]}) for pin in pins[:200]])
    assert [answer.version for answer in again] == [answer.version for answer in first[:200]]


def items_move_away_from_a_pod_that_fails_and_settle(example: Example) -> None:
    """Three errors in all, then nobody asks it, and each item has its pod.

    Few of the other pods' items move too: Envoy lays out a ring of its least size for the pods that are left, so each
    has more places on it than before.
    """
    items = [Ask(CATALOG, f"/?item={number}") for number in range(40)]
    rounds = [example.from_pod_of(CALLER, items) for _ in range(4)]
    answers = [answer for each in rounds for answer in each]
    assert Counter(answer.status for answer in answers) == {504: 3, 200: 157}
    assert {answer.version for answer in answers if answer.status == 504} == {"v2"}
    assert _pods(rounds[1]) == _pods(rounds[2]) == _pods(rounds[3])
    assert len(set(_pods(rounds[3]))) == 2
    stayed = [
        before.pod == after.pod for before, after in zip(rounds[0], rounds[1], strict=True) if before.status == 200
    ]
    assert sum(stayed) > len(stayed) / 2


def what_is_over_the_limits_is_refused_at_once(example: Example) -> None:
    """Of a dozen at once, what neither goes nor waits is answered by the caller's proxy."""
    answers = example.from_pod_of(CALLER, [Ask(TILL)] * 12, rate=100)
    refused = [answer for answer in answers if answer.version is None]
    assert {(answer.status, answer.headers.get("x-envoy-overloaded")) for answer in refused} == {(503, "true")}
    assert {(answer.status, answer.version) for answer in answers if answer.version} == {(504, "v1")}
    assert len(refused) >= 6


def _pods(answers: list[Answer]) -> list[str | None]:
    return [answer.pod for answer in answers]
