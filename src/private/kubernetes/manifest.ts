/** An object as Kubernetes reads it. */
export type Manifest = any; // eslint-disable-line @typescript-eslint/no-explicit-any
