/** A Kubernetes object as it is read from YAML: whatever the manifests make of it. */
export type KubeObject = any; // eslint-disable-line @typescript-eslint/no-explicit-any
