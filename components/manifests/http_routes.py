"""One route: where requests go, or what the proxy answers, and what is done to them on the way."""

from __future__ import annotations

from components.api.networking.virtual_service import (
    CorsPolicy,
    Headers,
    HTTPBody,
    HTTPDirectResponse,
    HTTPFaultInjection,
    HTTPMirrorPolicy,
    HTTPRedirect,
    HTTPRetry,
    HTTPRewrite,
    HTTPRoute,
    HTTPRouteDestination,
    Percent,
    RegexRewrite,
    StringMatch,
)
from components.manifests.destinations import reference
from components.manifests.http_matches import escaped, match_request
from components.model import (
    Abort,
    Cors,
    Delay,
    DirectResponse,
    HeaderOperations,
    Mirror,
    NoRetry,
    PathPrefix,
    Redirect,
    RedirectPort,
    Retry,
    Rewrite,
    Route,
    Split,
)
from components.model import Percent as Share
from components.model.route_rules import path_of

Operations = Headers.HeaderOperations
WHOLE_PATH = "^.*$"


def http_route(route: Route) -> HTTPRoute:
    forwarded = route.to is not None
    return HTTPRoute(
        name=route.name,
        match=(match_request(route.when),) if route.when else (),
        route=_destinations(route.to) if route.to else (),
        redirect=_redirect(route.redirect) if route.redirect else None,
        direct_response=_direct_response(route.respond) if route.respond else None,
        rewrite=_rewrite(route.rewrite, path_of(route.when)) if route.rewrite else None,
        headers=_headers(route.request_headers, route.response_headers),
        mirrors=tuple(_mirror(mirror) for mirror in route.mirror),
        cors_policy=_cors(route.cors) if route.cors else None,
        fault=_fault(route),
        timeout=route.timeout,
        retries=_retries(route.retry) if forwarded else None,
    )


def _destinations(split: Split) -> tuple[HTTPRouteDestination, ...]:
    weighted = len(split.weights) > 1
    request, response = dict(split.request_headers), dict(split.response_headers)
    return tuple(
        HTTPRouteDestination(
            destination=reference(destination),
            weight=weight if weighted else None,
            headers=_headers(request.get(destination), response.get(destination)),
        )
        for destination, weight in split.weights
    )


def _redirect(redirect: Redirect) -> HTTPRedirect:
    port = redirect.port
    return HTTPRedirect(
        redirect_code=redirect.code,
        authority=redirect.host,
        uri=redirect.path,
        prefix_rewrite=redirect.prefix,
        scheme=redirect.scheme,
        port=port if isinstance(port, int) else None,
        derive_port=HTTPRedirect.RedirectPortSelection(port.value) if isinstance(port, RedirectPort) else None,
    )


def _direct_response(response: DirectResponse) -> HTTPDirectResponse:
    return HTTPDirectResponse(status=response.status, body=HTTPBody(string=response.body) if response.body else None)


def _rewrite(rewrite: Rewrite, matched: object) -> HTTPRewrite:
    uri, found = rewrite.prefix, None
    if rewrite.regex is not None:
        found = RegexRewrite(match=rewrite.regex, rewrite=rewrite.replacement)
    elif rewrite.path is not None:
        # Istio's uri replaces a matched prefix only, and the first '/' where nothing was matched.
        found = RegexRewrite(match=WHOLE_PATH, rewrite=_literally(rewrite.path))
    elif rewrite.prefix is not None and isinstance(matched, PathPrefix) and _would_double(rewrite.prefix, matched):
        # /x to / would make //a of /x/a (istio/istio issue 8076).
        case = "(?i)" if matched.ignore_case else ""
        uri, found = None, RegexRewrite(match=f"{case}^{escaped(matched.value)}/?", rewrite=_literally(rewrite.prefix))
    return HTTPRewrite(uri=uri, uri_regex_rewrite=found, authority=rewrite.authority)


def _literally(path: str) -> str:
    return path.replace("\\", r"\\")


def _would_double(prefix: str, matched: PathPrefix) -> bool:
    return prefix.endswith("/") and not matched.value.endswith("/")


def _headers(request: HeaderOperations | None, response: HeaderOperations | None) -> Headers | None:
    if request is None and response is None:
        return None
    return Headers(request=_operations(request), response=_operations(response))


def _operations(operations: HeaderOperations | None) -> Operations | None:
    if operations is None:
        return None
    return Operations(set=dict(operations.set), add=dict(operations.add), remove=tuple(operations.remove))


def _mirror(mirror: Mirror) -> HTTPMirrorPolicy:
    return HTTPMirrorPolicy(destination=reference(mirror.to), percentage=_percent(mirror.share))


def _cors(cors: Cors) -> CorsPolicy:
    return CorsPolicy(
        allow_origins=(
            *(StringMatch(exact=origin) for origin in cors.allow_origins),
            *(StringMatch(regex=regex) for regex in cors.allow_origin_regexes),
        ),
        allow_methods=tuple(cors.allow_methods),
        allow_headers=tuple(cors.allow_headers),
        expose_headers=tuple(cors.expose_headers),
        max_age=cors.max_age,
        allow_credentials=cors.allow_credentials or None,
        unmatched_preflights=CorsPolicy.UnmatchedPreflights(cors.unmatched_preflights.value),
    )


def _fault(route: Route) -> HTTPFaultInjection | None:
    if route.delay is None and route.abort is None:
        return None
    return HTTPFaultInjection(
        delay=_delay(route.delay) if route.delay else None, abort=_abort(route.abort) if route.abort else None
    )


def _delay(delay: Delay) -> HTTPFaultInjection.Delay:
    return HTTPFaultInjection.Delay(fixed_delay=delay.of, percentage=_percent(delay.on))


def _abort(abort: Abort) -> HTTPFaultInjection.Abort:
    return HTTPFaultInjection.Abort(
        http_status=abort.http_status,
        grpc_status=abort.grpc_status.value if abort.grpc_status else None,
        percentage=_percent(abort.on),
    )


def _percent(share: Share) -> Percent:
    return Percent(value=share.value)


def _retries(retry: Retry | NoRetry) -> HTTPRetry:
    if isinstance(retry, NoRetry):
        return HTTPRetry(attempts=0)
    return HTTPRetry(
        attempts=retry.attempts,
        retry_on=",".join(retry.on),
        per_try_timeout=retry.per_try_timeout,
    )
