// Pins the Kubernetes version whose API types are in k8s.ts; there is no Go code here.
module imports

go 1.24.0

require k8s.io/kubernetes v1.34.4
