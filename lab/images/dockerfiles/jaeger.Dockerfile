ARG BASE
FROM ${BASE}
COPY jaeger /usr/local/bin/
# Istio's manifest is for Jaeger 2.17, the newest that is to be had as a Go module is 2.2: it reads the share of traces
# that it advises its own clients (Envoy asks for none) from a file, where the later one has a key for it.
RUN echo '{"default_strategy": {"type": "probabilistic", "param": 1}}' >/etc/jaeger-sampling.json
USER 10001:10001
ENTRYPOINT ["/bin/sh", "-ec", "sed -e '/default_sampling_probability:/d' -e 's|^\\( *path:\\) *$|\\1 /etc/jaeger-sampling.json|' \"$2\" >/tmp/config.yaml; exec jaeger --config /tmp/config.yaml", "jaeger"]
