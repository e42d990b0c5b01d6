ARG BASE
FROM ${BASE}
COPY go /usr/local/go
ENV PATH=/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
# Builds run without a network: the standard library is all there is.
ENV CGO_ENABLED=0 GOTOOLCHAIN=local GOPROXY=off GOFLAGS=-trimpath
# Compiled once here instead of in every build of a service.
RUN GOGC=off GOMEMLIMIT=1GiB go build net/http net/http/pprof log/slog encoding/json os/signal flag \
    html/template math/rand/v2 strconv
WORKDIR /src
