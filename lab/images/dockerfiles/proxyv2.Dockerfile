ARG BASE
FROM ${BASE}
# Envoy first: it is the largest part and changes least.
COPY envoy /usr/local/bin/
COPY envoy_bootstrap.json /var/lib/istio/envoy/envoy_bootstrap_tmpl.json
COPY pilot-agent /usr/local/bin/
# The init container runs the same image as root, so no USER here: the pod says who it is.
ENTRYPOINT ["/usr/local/bin/pilot-agent"]
