ARG BASE
FROM ${BASE}
COPY prometheus-config-reloader /usr/local/bin/
USER 65534:65534
ENTRYPOINT ["/usr/local/bin/prometheus-config-reloader"]
