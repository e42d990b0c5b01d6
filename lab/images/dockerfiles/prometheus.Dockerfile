ARG BASE
FROM ${BASE}
COPY prometheus /usr/local/bin/
USER 65534:65534
ENTRYPOINT ["/usr/local/bin/prometheus"]
