// Pins the versions whose API types are in k8s.ts and gateway-api.ts; there is no Go code here.
module imports

go 1.24.0

require (
	k8s.io/kubernetes v1.34.4
	sigs.k8s.io/gateway-api v1.6.3
)
