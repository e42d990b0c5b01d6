ARG BASE
FROM ${BASE}
COPY vegeta /usr/local/bin/
USER 65532:65532
CMD ["sleep", "infinity"]
