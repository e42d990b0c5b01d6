ARG BASE
FROM ${BASE}
COPY jaeger /usr/local/bin/
USER 10001:10001
ENTRYPOINT ["/usr/local/bin/jaeger"]
