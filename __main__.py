"""The mesh of one stack, declared. This is the page to edit; Pulumi.yaml says what each setting means."""

from components.model import Abort, CircuitBreaker, ConsistentHash, Delay, OutlierDetection, Percent, RoundRobin
from components.model import Gateway, Header, Mesh, PathPrefix, Route, Split, Subset, TrafficPolicy, VirtualService
from components.model import Workload, milliseconds, seconds
from components.resources import deploy, stack_settings

settings = stack_settings()

servicex = Workload("servicex", namespace="servicex", service="servicex-service", port=8000)
stable = servicex.version("200", replicas=settings.replicas, min_available=settings.min_available or None)
broken = servicex.version("504", env={"error": "yes", "delay": "500ms"})

a, b = f"a.{settings.domain}", f"b.{settings.domain}"
public = Gateway("public", hosts=[a, b])
breaker = CircuitBreaker(
    outlier_detection=OutlierDetection(
        consecutive_gateway_errors=5, interval=seconds(20), base_ejection_time=seconds(30), max_ejection_percent=100
    )
)
sticky = Subset("sticky", of=stable, load_balancer=ConsistentHash(header="x-user"))

versions, routes, last = (
    [stable],
    [Route("sticky", when=PathPrefix("/sticky"), to=sticky)],
    Route("everyone", to=stable),
)
if settings.rehearse_failures:
    versions.append(broken)
    routes += [
        Route("abort", when=Header("x-fault", "abort"), to=stable, abort=Abort(500, on=Percent(25))),
        Route("delay", when=Header("x-fault", "delay"), to=stable, delay=Delay(milliseconds(500), on=Percent(50))),
        Route("only-200", when=PathPrefix("/200"), to=stable),
        Route("only-504", when=PathPrefix("/504"), to=broken),
    ]
    last = Route("canary", to=Split({stable: 100 - settings.canary_weight, broken: settings.canary_weight}))

mesh = Mesh(
    versions=versions,
    virtual_services=[
        VirtualService(public.host(a), [*routes, last]),
        VirtualService(public.host(b), [Route("b", to=stable)]),
        VirtualService(servicex, [Route("in-mesh", to=servicex)]),
    ],
    policies=[TrafficPolicy(servicex, load_balancer=RoundRobin(), circuit_breaker=breaker)],
    mutual_tls=settings.mutual_tls,
)

deploy(mesh, settings)
