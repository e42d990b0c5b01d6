"""The settings, one field a configuration key of Pulumi.yaml."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeAlias, cast

from components.analysis import Suppression
from components.model import MutualTLS
from components.model.addons import Addon

Value: TypeAlias = str | bool | int | list["Value"] | dict[str, "Value"]
HelmValues: TypeAlias = Mapping[str, Mapping[str, Value]]

CHARTS = ("base", "istiod", "gateway", "egress")
OLDEST_ISTIO = (1, 30)


class IstioProfile(Enum):
    """How the ingress gateway is reached from outside the cluster."""

    LOAD_BALANCER = "load-balancer"
    NODE_PORT = "node-port"


class SettingsError(Exception):
    """The stack's configuration can not be used; one line a problem, each with key, value, what is allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The configuration of one stack. Pulumi.yaml says what each key means and what it is when left out."""

    domain: str
    replicas: int
    min_available: int
    canary_weight: int
    rehearse_failures: bool
    mutual_tls: MutualTLS
    production: bool
    istio_version: str
    istio_charts: str
    istio_profile: IstioProfile
    istio_values: HelmValues
    addons: tuple[Addon, ...]
    addon_manifests: str
    addon_images: Mapping[str, str]
    registry: str
    registry_username: str
    builder_image: str
    load_client_image: str
    suppress: tuple[Suppression, ...]

    @classmethod
    def parse(cls, values: Mapping[str, Value]) -> Settings:
        """Settings from keys as in Pulumi.yaml (without the project's name) to their values.

        Raises `SettingsError` with every problem at once.
        """
        problems = [_unknown(key) for key in values if key not in READERS and key not in SECRETS]
        parsed: dict[str, object] = {}
        for key, read in READERS.items():
            if key not in values:
                problems.append(f"{key} is not set, and Pulumi.yaml gives it no default; set it")
                continue
            try:
                parsed[_attribute(key)] = read(values[key])
            except ValueError as error:
                problems.append(f"{key} is {values[key]!r}; {error}")
        if not problems:
            problems = _disagreements(parsed)
        if problems:
            raise SettingsError("\n".join(f"- {problem}" for problem in problems))
        return cls(**parsed)  # type: ignore[arg-type]


def _disagreements(parsed: Mapping[str, object]) -> list[str]:
    replicas, kept = cast("int", parsed["replicas"]), cast("int", parsed["min_available"])
    problems = []
    if kept >= replicas:
        problems.append(
            f"minAvailable is {kept} and replicas {replicas}; no pod could ever be evicted. "
            f"minAvailable is at most {replicas - 1} here"
        )
    folder = cast("str", parsed["addon_manifests"])
    for addon in cast("tuple[Addon, ...]", parsed["addons"]):
        if folder and not (Path(folder) / f"{addon.value}.yaml").is_file():
            problems.append(
                f"addons has {addon.value} and addonManifests is {folder!r}, where there is no {addon.value}.yaml; "
                "give the folder samples/addons of Istio, or leave it out"
            )
    if parsed["production"] and parsed["rehearse_failures"]:
        problems.append("rehearseFailures is true and production too; failures are not rehearsed on production")
    return problems


def _text(given: Value) -> str:
    if not isinstance(given, str):
        raise ValueError("give a text")
    return given


def _domain(given: Value) -> str:
    if not re.fullmatch(r"([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z0-9]([-a-z0-9]*[a-z0-9])?", _text(given)):
        raise ValueError("give a DNS domain in lower case, such as mesh.test")
    return _text(given)


def _whole(least: int, most: int) -> Callable[[Value], int]:
    def read(given: Value) -> int:
        text = str(given).lower()
        if not re.fullmatch(r"-?\d+", text) or not least <= int(text) <= most:
            raise ValueError(f"give a whole number from {least} to {most}")
        return int(text)

    return read


def _yes_or_no(given: Value) -> bool:
    text = str(given).lower()
    if text not in ("true", "false"):
        raise ValueError("give true or false")
    return text == "true"


def _mutual_tls(given: Value) -> MutualTLS:
    return MutualTLS(_one_of([mode.value for mode in MutualTLS if mode is not MutualTLS.UNSET], given))


def _profile(given: Value) -> IstioProfile:
    return IstioProfile(_one_of([profile.value for profile in IstioProfile], given))


def _one_of(allowed: list[str], given: Value) -> str:
    if given not in allowed:
        raise ValueError(f"give one of {', '.join(allowed)}")
    return _text(given)


def _istio_version(given: Value) -> str:
    match = re.fullmatch(r"(\d+)\.(\d+)\.(\d+)(-[\w.]+)?", _text(given))
    if not match or (int(match[1]), int(match[2])) < OLDEST_ISTIO:
        raise ValueError(
            "give a version of Istio's charts from 1.30.0 on, such as 1.31.1; "
            "older charts can not be installed without drift (istio/istio pull request 59367)"
        )
    return _text(given)


def _charts(given: Value) -> str:
    folder = _text(given)
    if folder and not (Path(folder) / "base" / "Chart.yaml").is_file():
        raise ValueError(
            "there is no base/Chart.yaml in this folder; give the folder manifests/charts of Istio, or leave it out"
        )
    return folder


def _helm_values(given: Value) -> HelmValues:
    try:
        values = json.loads(given) if isinstance(given, str) else given
    except ValueError as error:
        raise ValueError(f"this is no JSON ({error})") from None
    if not isinstance(values, dict) or not all(isinstance(part, dict) for part in values.values()):
        raise ValueError('give an object by chart, such as {"istiod": {"pilot": {"replicaCount": 2}}}')
    strangers = [chart for chart in values if chart not in CHARTS]
    if strangers:
        raise ValueError(f"there is no chart {strangers[0]!r}; the charts are {', '.join(CHARTS)}")
    return cast("HelmValues", values)


def _addons(given: Value) -> tuple[Addon, ...]:
    names = [addon.value for addon in Addon]
    if not isinstance(given, list) or not all(name in names for name in given):
        raise ValueError(f"give a list, each of {', '.join(names)}, such as [prometheus, jaeger]")
    if len(set(map(str, given))) < len(given):
        raise ValueError("give each addon once")
    return tuple(Addon(name) for name in given)


def _images(given: Value) -> Mapping[str, str]:
    if not isinstance(given, dict) or not all(isinstance(image, str) and image for image in given.values()):
        raise ValueError(
            'give an object of images by container, such as {"jaeger": "registry.example.com/jaeger:2.17.0"}'
        )
    return cast("Mapping[str, str]", given)


def _registry(given: Value) -> str:
    if not re.fullmatch(r"[a-z0-9.-]+(:\d+)?(/[a-z0-9._-]+)*", _text(given)):
        raise ValueError(
            "give a registry that you may push to, with a path if it needs one, such as registry.example.com/team, "
            "without a scheme"
        )
    return _text(given)


def _suppressions(given: Value) -> tuple[Suppression, ...]:
    read: list[Suppression] = []
    for each in given if isinstance(given, list) else [given]:
        fields = each if isinstance(each, dict) else {}
        code, about, reason = fields.get("code"), fields.get("object", "*"), fields.get("reason")
        fits = isinstance(code, str) and isinstance(about, str) and isinstance(reason, str) and reason.strip()
        if not fits or set(fields) - {"code", "object", "reason"}:
            raise ValueError(
                "give a list of objects with code, reason and, if not all objects are meant, object, such as "
                '{"code": "M0301", "object": "VirtualService shop/servicex", "reason": "the delay is what we test"}'
            )
        if not re.fullmatch(r"(M|IST)\d{4}", cast("str", code)):
            raise ValueError(
                f"{code!r} can not be let stand; give a code of a check, M or IST and four digits (docs/checks). What "
                "Istio itself would refuse (V) is refused whatever is said here"
            )
        read.append(Suppression(code=cast("str", code), object=cast("str", about), reason=cast("str", reason)))
    return tuple(read)


READERS: Mapping[str, Callable[[Value], object]] = {
    "domain": _domain,
    "replicas": _whole(1, 50),
    "minAvailable": _whole(0, 49),
    "canaryWeight": _whole(0, 100),
    "rehearseFailures": _yes_or_no,
    "mutualTLS": _mutual_tls,
    "production": _yes_or_no,
    "istioVersion": _istio_version,
    "istioCharts": _charts,
    "istioProfile": _profile,
    "istioValues": _helm_values,
    "addons": _addons,
    "addonManifests": _text,
    "addonImages": _images,
    "registry": _registry,
    "registryUsername": _text,
    "builderImage": _text,
    "loadClientImage": _text,
    "suppress": _suppressions,
}
"""How each key of Pulumi.yaml is read."""

SECRETS = frozenset({"registryPassword"})
"""Keys whose values never pass through here."""


def _attribute(key: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z]+)", lambda match: "_" + match[1].lower(), key)


def _unknown(key: str) -> str:
    known = [*READERS, *SECRETS]
    near = difflib.get_close_matches(key, known, n=1)
    advice = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(sorted(known))}."
    return f"{key} is no setting of this program; {advice} Rename it or take it out"
