// `node program.ts preview|up|destroy PLUGIN_FOLDER MUTUAL_TLS`: a shop behind a gateway, declared as plain data.
import pulumi from "@pulumi/pulumi";
import automation from "@pulumi/pulumi/automation/index.js";

const [command, plugin, mutualTLS] = process.argv.slice(2);

interface MeshArgs {
    document: { [key: string]: unknown };
    images: { [workload: string]: pulumi.Input<string> };
}

// What an SDK made of the plugin's schema would hold.
class Mesh extends pulumi.ComponentResource {
    declare readonly hosts: pulumi.Output<string[]>;
    declare readonly serviceHosts: pulumi.Output<{ [workload: string]: string }>;

    constructor(name: string, args: MeshArgs, opts?: pulumi.ComponentResourceOptions) {
        const outputs = { hosts: undefined, objects: undefined, serviceHosts: undefined };
        super("servicex-mesh:index:Mesh", name, { ...args, ...outputs }, opts, true);
    }
}

async function program() {
    const mesh = new Mesh("mesh", {
        document: {
            format: 1,
            workloads: [{ name: "shop", namespace: "shop", port: 8000 }],
            versions: [{ name: "v1", workload: { ref: "workloads/0" } }],
            gateways: [{ name: "public", hosts: ["shop.example.com"] }],
            mesh: {
                versions: [{ ref: "versions/0" }],
                virtual_services: [
                    {
                        kind: "VirtualService",
                        host: { kind: "GatewayHost", gateway: { ref: "gateways/0" }, name: "shop.example.com" },
                        routes: [
                            {
                                kind: "Route",
                                name: "all",
                                to: { kind: "Split", weights: [[{ ref: "versions/0" }, 100]] },
                                timeout: { seconds: 2.5 },
                            },
                        ],
                    },
                ],
                mutual_tls: { enum: "MutualTLS", value: mutualTLS },
            },
        },
        images: { shop: pulumi.secret("registry.example.com/shop:1") },
    });
    return { hosts: mesh.hosts, serviceHosts: mesh.serviceHosts };
}

const stack = await automation.LocalWorkspace.createOrSelectStack(
    { stackName: "test", projectName: "project", program },
    {
        workDir: process.cwd(),
        projectSettings: {
            name: "project",
            runtime: "nodejs",
            plugins: { providers: [{ name: "servicex-mesh", path: plugin }] },
        },
    },
);
const options = { onOutput: (text: string) => process.stdout.write(text), color: "never" as const };
try {
    if (command === "up") await stack.up(options);
    else if (command === "destroy") await stack.destroy(options);
    else console.log(JSON.stringify((await stack.preview(options)).changeSummary));
    console.log(JSON.stringify(await stack.outputs()));
} catch {
    process.exit(1); // the engine has said why
}
