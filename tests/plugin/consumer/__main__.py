"""A shop behind a gateway with TLS, declared as plain data; nothing of the plugin's code is imported."""

import pulumi

config = pulumi.Config()


class Mesh(pulumi.ComponentResource):
    """What an SDK made of the plugin's schema would hold."""

    hosts: pulumi.Output[list[str]]
    objects: pulumi.Output[list[str]]

    def __init__(self, name: str, inputs: dict, opts: pulumi.ResourceOptions | None = None) -> None:
        outputs = dict.fromkeys(("hosts", "objects", "serviceHosts"))
        super().__init__("servicex-mesh:index:Mesh", name, {**inputs, **outputs}, opts, remote=True)


public = {
    "name": "public",
    "servers": [
        {
            "kind": "HTTPSServer",
            "hosts": ["shop.example.com"],
            "certificate": {"kind": "GivenCertificate", "name": "shop"},
        }
    ],
}
document = {
    "format": 1,
    "workloads": [{"name": "shop", "namespace": "shop", "port": 8000}],
    "versions": [
        {"name": "v1", "workload": {"ref": "workloads/0"}, "replicas": config.require_int("replicas")},
        {"name": "v2", "workload": {"ref": "workloads/0"}},
    ],
    "gateways": [public],
    "mesh": {
        "versions": [{"ref": "versions/0"}, {"ref": "versions/1"}],
        "virtual_services": [
            {
                "kind": "VirtualService",
                "host": {"kind": "GatewayHost", "gateway": {"ref": "gateways/0"}, "name": "shop.example.com"},
                "routes": [
                    {
                        "kind": "Route",
                        "name": "canary",
                        "to": {"kind": "Split", "weights": [[{"ref": "versions/0"}, 90], [{"ref": "versions/1"}, 10]]},
                    }
                ],
            }
        ],
        "mutual_tls": {"enum": "MutualTLS", "value": config.require("mutualTLS")},
    },
}
dark = {
    "apiVersion": "networking.istio.io/v1",
    "kind": "ServiceEntry",
    "metadata": {"name": "bank", "namespace": "shop"},
    "spec": {"hosts": ["bank.example.com"], "ports": [{"number": 443, "name": "tls", "protocol": "TLS"}]},
}

mesh = Mesh(
    "mesh",
    {
        "document": document,
        "images": {"shop": "registry.example.com/shop@sha256:" + "0" * 64},
        "extra": [dark],
        "certificates": {"shop": {"certificate": "CERTIFICATE", "privateKey": config.require_secret("key")}},
    },
)

pulumi.export("hosts", mesh.hosts)
pulumi.export("objects", mesh.objects)
