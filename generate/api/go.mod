module generate/api

go 1.25

require (
	istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7
	sigs.k8s.io/gateway-api v1.6.0
)
