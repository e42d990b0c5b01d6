"""Two webhooks inject the same pods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.injection import INJECT, INJECTION, REVISION
from components.analysis.injector import Hook, injecting_hooks, is_asked, revisions_of
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0818",
    title="two webhooks inject the same pods",
    severity=Severity.ERROR,
    reads=("MutatingWebhookConfiguration",),
    istio="IST0139",
)

MOST_COMPARISONS = 200_000
"""Of kinds of webhooks and labels; a real mesh has a few hundred. Beyond it, revisions are left out."""


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Webhooks of Istio of which several match one combination of labels. Source: istioctl's webhook.Analyzer."""
    hooks = injecting_hooks(snapshot)
    by_selectors: dict[object, list[Hook]] = defaultdict(list)
    for hook in hooks:
        by_selectors[repr((hook.webhook.namespace_selector, hook.webhook.object_selector))].append(hook)
    revisions = revisions_of(hooks)
    if len(by_selectors) * (3 + 3 * len(revisions)) ** 2 > MOST_COMPARISONS:
        revisions = ()
    groups = tuple(by_selectors.values())
    told: set[tuple[int, ...]] = set()
    for namespace, labels in product(_labels(INJECTION, ENABLING, revisions), _labels(INJECT, ASKING, revisions)):
        asked = [index for index, group in enumerate(groups) if is_asked(group[0].webhook, namespace, labels)]
        told.add(tuple(asked))
    seen: set[tuple[str, str]] = set()
    for combination in sorted(told):
        together = [hook for index in combination for hook in groups[index]]
        names = sorted(hook.full_name for hook in together)
        for hook in together if len(together) > 1 else ():
            others = [name for name in names if name != hook.full_name]
            listed = ", ".join(others[:5]) + (f" and {len(others) - 5} more" if len(others) > 5 else "")
            if others and (hook.full_name, listed) not in seen:
                seen.add((hook.full_name, listed))
                yield CHECK.found(
                    hook.declared,
                    f"webhooks[{hook.place}].name",
                    f"webhook {hook.webhook.name} and {listed} inject the same pods, which may be injected twice",
                    "Let their selectors differ, such as by istio.io/rev, or take one of them away.",
                )


ENABLING = ("enabled", "disabled")
ASKING = ("true", "false")


def _labels(key: str, values: tuple[str, ...], revisions: tuple[str, ...]) -> list[Mapping[str, str]]:
    plain: list[dict[str, str]] = [{}, *({key: value} for value in values)]
    return [*plain, *({**each, REVISION: revision} for revision in revisions for each in plain)]
