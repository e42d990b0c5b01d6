"""Bookinfo: who is sent where, in which shares, with which faults; and what a pod that keeps failing does to callers."""

from __future__ import annotations

import time
from collections import Counter

from components.experiments.faults import EARLY
from components.experiments.statistics import share_p, shares_p
from tests.e2e.stories.asking import GATEWAY, UNLIKELY, Ask, Example, until

HOST, PORT = "bookinfo.test", 9080
DETAILS, REVIEWS, RATINGS = (f"{name}.bookinfo.svc.cluster.local" for name in ("details", "reviews", "ratings"))
PAGE, REVIEWER = "bookinfo/productpage-v1", "bookinfo/reviews-v1"
JASON, TESTER = {"end-user": "jason"}, {"end-user": "tester"}


def tell(example: Example) -> None:
    until("the gateway serves", lambda: example.at_gateway([Ask(HOST, "/productpage")])[0].status == 200)
    until("it knows both details", lambda: example.known(GATEWAY, PORT).get(DETAILS) == 2)
    paths_lead_where_they_are_declared_to(example)
    the_breaker_opens_after_five_errors(example)
    until("the page knows all", lambda: {DETAILS, REVIEWS} <= example.known(PAGE, PORT).keys())
    retries_hide_what_fails(example)
    jason_reads_another_version(example)
    half_is_copied_and_the_rest_shared_out(example)
    faults_are_for_those_they_are_declared_for(example)


def paths_lead_where_they_are_declared_to(example: Example) -> None:
    """By path, with a redirect at the root; what nobody declared is 404."""
    start, page, other = example.at_gateway([Ask(HOST, "/"), Ask(HOST, "/productpage/1"), Ask(HOST, "/other")])
    assert (start.status, start.headers["location"]) == (302, f"http://{HOST}/productpage")
    assert (page.status, page.seen["path"], page.pod and page.pod.split("-")[0]) == (
        200,
        "/productpage/1",
        "productpage",
    )
    assert (other.status, other.version) == (404, None)


def the_breaker_opens_after_five_errors(example: Example) -> None:
    """The gateway takes both pods in turn, until v2 failed five times; then v1 alone, for a minute."""
    answers = example.at_gateway([Ask(HOST, f"/api/details/{number}") for number in range(60)])
    failed = [place for place, answer in enumerate(answers) if answer.status == 504]
    assert {answer.status for answer in answers} == {200, 504}
    assert len(failed) == 5
    assert failed[-1] < 15
    assert {(answer.status, answer.version) for answer in answers} == {(200, "v1"), (504, "v2")}
    assert answers[0].seen["path"] == "/details/0"


def retries_hide_what_fails(example: Example) -> None:
    """The page's proxy asks again: v2 is asked and fails, and every answer is v1's."""
    before = example.arrived("bookinfo/details-v2", PORT)
    answers = example.from_pod_of(PAGE, [Ask(DETAILS)] * 50, port=PORT)
    assert {(answer.status, answer.version) for answer in answers} == {(200, "v1")}
    assert example.arrived("bookinfo/details-v2", PORT) > before


def jason_reads_another_version(example: Example) -> None:
    """By his header, every time."""
    answers = example.from_pod_of(PAGE, [Ask(REVIEWS, headers=JASON)] * 40, port=PORT)
    assert {answer.version for answer in answers} == {"v2"}


def half_is_copied_and_the_rest_shared_out(example: Example) -> None:
    """75 to 25, and half of it arrives at v3 too, which answers nobody. Chance is called wrong once in a million."""
    count, before = 600, example.arrived("bookinfo/reviews-v3", PORT)
    answers = example.from_pod_of(PAGE, [Ask(REVIEWS)] * count, port=PORT, rate=100)
    met = Counter(answer.version for answer in answers)
    assert {answer.status for answer in answers} == {200}
    assert met.keys() == {"v1", "v2"}
    assert shares_p([met["v1"], met["v2"]], [0.75, 0.25]) > UNLIKELY, met
    time.sleep(1)  # nobody waits for a copy
    copies = example.arrived("bookinfo/reviews-v3", PORT) - before
    assert share_p(copies, count, 0.5) > UNLIKELY, copies


def faults_are_for_those_they_are_declared_for(example: Example) -> None:
    """Jason waits, half of the tester's requests fail, the old version is cut off, and everybody else is served."""
    until("reviews know ratings", lambda: RATINGS in example.known(REVIEWER, PORT))
    waited = example.from_pod_of(REVIEWER, [Ask(RATINGS, headers=JASON)] * 20, port=PORT)
    assert {(answer.status, answer.version) for answer in waited} == {(200, "v1")}
    assert min(answer.seconds for answer in waited) >= 0.7 - EARLY
    tried = example.from_pod_of(REVIEWER, [Ask(RATINGS, headers=TESTER)] * 300, port=PORT, rate=100)
    outcomes = Counter((answer.status, answer.version) for answer in tried)
    assert outcomes.keys() == {(200, "v1"), (500, None)}
    assert share_p(outcomes[500, None], 300, 0.5) > UNLIKELY, outcomes
    cut_off = example.from_pod_of(REVIEWER, [Ask(RATINGS, "/history")] * 5, port=PORT)
    assert {(answer.status, answer.version, answer.text) for answer in cut_off} == {
        (504, None, "upstream request timeout")
    }
    others = example.from_pod_of(REVIEWER, [Ask(RATINGS)] * 20, port=PORT)
    assert {(answer.status, answer.version) for answer in others} == {(200, "v1")}
    assert min(answer.seconds for answer in others) < 0.7
