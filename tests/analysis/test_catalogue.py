"""Every code is listed once, in pages that are written from the code: REWRITE_GOLDEN=1 rewrites them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from components.analysis.catalogue import READING, catalogue
from components.analysis.check import registered
from components.api.validation import KINDS, PACKAGE, SHARED, codes

PAGES = Path(__file__).resolve().parents[2] / "docs" / "checks"


def written(name: str, text: str) -> None:
    page = PAGES / name
    if os.environ.get("REWRITE_GOLDEN"):
        page.write_text(text)
    assert page.read_text() == text, f"docs/checks/{name} is old; rewrite it with REWRITE_GOLDEN=1"


def test_the_index_lists_every_check() -> None:
    written("README.md", "\n".join(index()) + "\n")


def test_the_page_of_validation_lists_every_rule() -> None:
    written("validation.md", "\n".join(validation()) + "\n")


def test_codes_are_of_their_form_and_titles_are_lines() -> None:
    for code, title in catalogue().items():
        assert re.fullmatch(r"[MV]\d{4}|R\d{3}", code), code
        assert title, code
        assert "\n" not in title, code
        assert not title.endswith("."), (code, title)


def test_what_istioctl_has_a_message_for_is_said_with_its_code() -> None:
    for each in registered():
        assert each.check.istio is None or re.fullmatch(r"IST0\d{3}", each.check.istio), each
        assert each.check.kiali is None or re.fullmatch(r"KIA\d{4}", each.check.kiali), each
        assert each.check.reads, each


HEAD = "| code | what is wrong | severity | istioctl | Kiali |"
GROUPS = {
    "01": "Hosts and references",
    "02": "Routes",
    "03": "Faults, retries, timeouts, ejection",
    "04": "Destination rules and balancing",
    "05": "Gateways",
    "06": "Security",
    "07": "Telemetry, extensions, proxies",
    "08": "Services and workloads",
    "09": "Ambient mode, Gateway API, several clusters",
}


def index() -> Iterator[str]:
    checks = [each.check for each in registered()]
    yield "# Checks"
    yield ""
    yield f"{len(checks)} checks over a whole set of documents. [analysis.md](../analysis.md) says how they are run, and"
    yield f"[validation.md](validation.md) lists the {len(codes())} rules that one document alone can break."
    for group, title in GROUPS.items():
        of_group = [check for check in checks if check.code[1:3] == group]
        if of_group:
            yield from (
                "",
                f"## {title}",
                "",
                "| code | what is wrong | severity | istioctl | Kiali |",
                "|---|---|---|---|---|",
            )
        for check in of_group:
            others = f"{check.istio or ''} | {check.kiali or ''}"
            yield f"| [{check.code}]({check.code}.md) | {check.title} | {check.severity.value} | {others} |"


def validation() -> Iterator[str]:
    yield "# Validation: what one document alone is refused for"
    yield ""
    yield "What istiod's webhook and Istio's CRDs refuse, and what the webhook warns of, told before anything is applied. The"
    yield "rules are those of `pkg/config/validation` of Istio and of its CRDs; `make parity` measures how far both agree on"
    yield "Istio's own test cases. Severity `error` is refused, `warning` is let through. R codes are about reading."
    modules = [*SHARED, *KINDS.values()]
    for title, listed in [("Reading", READING), *((_words(name), _codes(name)) for name in modules)]:
        if listed:
            yield from ("", f"## {title}", "", "| code | what is wrong |", "|---|---|")
            for code in sorted(listed):
                yield f"| {code} | {listed[code].replace('|', chr(92) + '|')} |"


def _codes(module: str) -> dict[str, str]:
    found: dict[str, str] = dict(import_module(f"{PACKAGE}.{module}").CODES)
    return found


def _words(module: str) -> str:
    kinds = {name: kind for (_, kind), name in KINDS.items()}
    return kinds.get(module, module.replace("_", " ").capitalize())
