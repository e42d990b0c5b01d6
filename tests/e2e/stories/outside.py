"""Services outside: who gets to them, how, and what is logged of it."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.stories import outside_world
from tests.e2e.stories.asking import Answer, Ask, Example, until
from tests.e2e.stories.outside_world import ARRIVED, NAMESPACE, TRUSTED

CHECKOUT, LEDGER, REPORT = "desk/checkout-v1", "back-office/ledger-v1", "back-office/report-v1"
PARTNER, BANK, NOBODY = "partner.test", "bank.test", "nobody.test"
IN_THE_LEDGER, AT_THE_CHECKOUT = "ledger.back-office.svc.cluster.local", "checkout.desk.svc.cluster.local"


def given(example: Example, folder: Path) -> None:
    """Where the two services are, and who may have signed the bank's certificate."""
    outside_world.build(example, folder)
    for name in ("partner", "bank"):
        example.set(name, f"{name}.{NAMESPACE}.svc.cluster.local")
    example.set("authorities", TRUSTED)


def tell(example: Example, folder: Path) -> None:
    until("the checkout knows all", lambda: {PARTNER, BANK, IN_THE_LEDGER} <= example.known(CHECKOUT).keys())
    until("the report knows the ledger", lambda: IN_THE_LEDGER in example.known(REPORT))
    each_calls_what_it_is_declared_to_call(example)
    the_proxy_makes_tls_of_it(example)
    nobody_is_told_more_than_declared(example)
    only_refusals_are_logged(example)
    a_server_that_nobody_vouches_for_is_not_spoken_to(example)


def each_calls_what_it_is_declared_to_call(example: Example) -> None:
    """Everything else is refused by the caller's own proxy."""
    assert [a.status for a in ask(example, CHECKOUT, PARTNER, BANK, IN_THE_LEDGER, NOBODY)] == [200, 200, 200, 502]
    assert [a.status for a in ask(example, REPORT, PARTNER, BANK, IN_THE_LEDGER)] == [502, 502, 200]


def the_proxy_makes_tls_of_it(example: Example) -> None:
    """The checkout speaks plain HTTP to both; at the bank it arrives as TLS for the bank's name."""
    partner, bank = ask(example, CHECKOUT, PARTNER, BANK)
    assert (partner.version, partner.seen["host"], partner.seen["headers"].get(ARRIVED)) == ("partner", PARTNER, None)
    assert (bank.version, bank.seen["host"], bank.seen["headers"][ARRIVED]) == ("bank", BANK, f"TLS for {BANK}")


def nobody_is_told_more_than_declared(example: Example) -> None:
    """The checkout's proxy of its dependencies, the ledger's of what is exported to its namespace."""
    assert example.known(CHECKOUT).keys() == {PARTNER, BANK, IN_THE_LEDGER}
    assert example.known(REPORT).keys() == {IN_THE_LEDGER}
    assert IN_THE_LEDGER in example.known(LEDGER)
    assert AT_THE_CHECKOUT not in example.known(LEDGER)


def only_refusals_are_logged(example: Example) -> None:
    """A line for what was answered 400 and above."""
    example.from_pod_of(CHECKOUT, [Ask(PARTNER, "/fine"), Ask(NOBODY, "/refused")])
    until("the log is written", lambda: "/refused" in example.log(CHECKOUT))
    assert "/fine" not in example.log(CHECKOUT)


def a_server_that_nobody_vouches_for_is_not_spoken_to(example: Example) -> None:
    """Another server in the bank's place, whose certificate signs itself, gets no request, and the log says why."""
    example.set("bank", f"impostor.{NAMESPACE}.svc.cluster.local")
    example.up()
    until("the bank has moved", lambda: ask(example, CHECKOUT, BANK)[0].status == 503)
    assert [answer.version for answer in ask(example, CHECKOUT, BANK)] == [None]
    until("the log is written", lambda: "CERTIFICATE_VERIFY_FAILED" in example.log(CHECKOUT))


def ask(example: Example, caller: str, *hosts: str) -> list[Answer]:
    return example.from_pod_of(caller, [Ask(host) for host in hosts])
