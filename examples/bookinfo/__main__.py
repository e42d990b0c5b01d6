"""Bookinfo: a page that asks for details and reviews, and reviews that ask for ratings."""

import pulumi

from components.model import Abort, CircuitBreaker, Delay, Mirror, OutlierDetection, Percent, Redirect, Retry, Rewrite
from components.model import Gateway, Header, Mesh, MutualTLS, MutualTLSRule, Namespace, Path, PathPrefix, Route, Split
from components.model import RoundRobin, TrafficPolicy, VirtualService, Workload, milliseconds, seconds
from components.resources import MeshResources, MeshResourcesArgs, export_mesh

config = pulumi.Config()
image = config.require("image")

page, details, reviews, ratings = (
    Workload(name, namespace="bookinfo", port=9080, service_port=9080)
    for name in ("productpage", "details", "reviews", "ratings")
)
steady, flaky = details.version("v1"), details.version("v2", env={"error": "yes", "delay": "0s"})
plain, black, red = (reviews.version(name) for name in ("v1", "v2", "v3"))
stars, slow = ratings.version("v1"), ratings.version("v2", env={"error": "yes", "delay": "5s"})

jason, tester = Header("end-user", "jason"), Header("end-user", "tester")
public = Gateway("bookinfo", hosts=["bookinfo.test"])
breaker = CircuitBreaker(
    outlier_detection=OutlierDetection(
        consecutive_gateway_errors=5, interval=seconds(5), base_ejection_time=seconds(60), max_ejection_percent=50
    )
)

mesh = Mesh(
    versions=[page.version("v1"), steady, flaky, plain, black, red, stars, slow],
    virtual_services=[
        VirtualService(
            public.host("bookinfo.test"),
            [
                Route("start", when=Path("/"), redirect=Redirect(302, path="/productpage")),
                Route("page", when=PathPrefix("/productpage"), to=page),
                Route("details", when=PathPrefix("/api/details"), to=details, rewrite=Rewrite(prefix="/details")),
            ],
        ),
        VirtualService(details, [Route("patient", to=details, retry=Retry(3, on=["gateway-error"]))]),
        VirtualService(
            reviews,
            [
                Route("jason", when=jason, to=black),
                Route("everyone", to=Split({plain: 75, black: 25}), mirror=Mirror(red, share=Percent(50))),
            ],
        ),
        VirtualService(
            ratings,
            [
                Route("jason-waits", when=jason, to=stars, delay=Delay(milliseconds(700))),
                Route("tester-fails", when=tester, to=stars, abort=Abort(500, on=Percent(50))),
                Route("history", when=PathPrefix("/history"), to=slow, timeout=milliseconds(500)),
                Route("everyone", to=stars),
            ],
        ),
    ],
    policies=[TrafficPolicy(details, load_balancer=RoundRobin(), circuit_breaker=breaker)],
    mutual_tls=MutualTLS.UNSET,
    mutual_tls_rules=[MutualTLSRule(Namespace("bookinfo"), MutualTLS.STRICT)],
)

MeshResources("bookinfo", MeshResourcesArgs(mesh=mesh, images=dict.fromkeys(mesh.workloads, image)))
export_mesh(mesh, image=image, load_client_image=config.get("clientImage") or "")
