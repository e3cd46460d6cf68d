// Pins the versions whose API types are in the files beside it; there is no Go code here.
module imports

go 1.24.0

require (
	github.com/prometheus-operator/prometheus-operator v0.85.0
	k8s.io/kubernetes v1.34.4
	sigs.k8s.io/gateway-api v1.6.3
)
