import type { Kind } from './kind';

/** What to write in place of unknown keys: code, or a function that makes the code from the value. */
export type Elsewhere = Readonly<Record<string, string | ((value: unknown) => string)>>;

/** Options that belong in a group of the props. */
export function inGroup(group: string, options: object): Elsewhere {
  return inside(`${group}: {`, options, '}');
}

/** Code that gives each option in its right place, with an example if the value is not of its kind. */
export function inside(before: string, options: object, after: string): Elsewhere {
  return Object.fromEntries(
    Object.entries(options as Record<string, Kind>).map(([key, kind]) => [
      key,
      (value: unknown) =>
        kind.is(value)
          ? `${before} ${key} ${after}`
          : `for example ${before} ${key}: ${kind.example(value)} ${after}`,
    ]),
  );
}

/** The names that Kubernetes, charts and cdk8s-plus give to options that have another name here. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  dnsConfig: 'dns',
  dnsPolicy: 'dns',
  gracePeriod: 'terminationGracePeriod',
  hosts: 'hostnames',
  minReadySeconds: 'minReady',
  progressDeadlineSeconds: 'progressDeadline',
  serviceAccountName: 'serviceAccount',
  terminationGracePeriodSeconds: 'terminationGracePeriod',
  topologySpreadConstraints: 'topologyKeys',
};

/** Adds the same places under these other names. */
export function withOtherNames(places: Elsewhere): Elsewhere {
  const others = Object.entries(OTHER_NAMES).map(([other, name]) => [other, places[name]]);
  return { ...places, ...Object.fromEntries(others) };
}

const SERVICE_TYPE = 'exposure: Exposure.loadBalancer(), Exposure.nodePort() or Exposure.clusterIp()';
const DISRUPTION_BUDGET = 'podDisruptionBudget: { maxUnavailable }';
const RESOURCES = 'resources: { cpu: { request, limit }, memory: { request, limit } }';
const HOSTNAMES = 'exposure: Exposure.ingress({ hostnames })';
const IMAGE = "it in image, for example 'registry.example.com/team/app:1.4.2'";
const RUN_AS_USER = 'security: PodSecurity.restricted({ runAsUser })';

/** Keys that users of Kubernetes, charts and cdk8s-plus look for among the props, and what to write instead. */
export const WELL_KNOWN: Elsewhere = {
  affinity: 'it with cdk8s-plus: deployment.scheduling',
  autoscaler: 'autoscaling: { maxReplicas }',
  containerName: 'container: { name }',
  containers: 'the image and the port of the application as props, and further containers as sidecars',
  cpu: RESOURCES,
  disruptionBudget: DISRUPTION_BUDGET,
  envVariables: 'env',
  healthCheck: 'readiness: HealthCheck.http()',
  host: HOSTNAMES,
  hostname: HOSTNAMES,
  hostNetwork: 'no hostNetwork: of two pods on a node, only one could have the port',
  hpa: 'autoscaling: { maxReplicas }',
  imageTag: IMAGE,
  ingress: 'exposure: Exposure.ingress()',
  isolate: 'networkPolicy: NetworkAccess.toServicePorts()',
  lifecycle: 'drain: Drain.sleep() for preStop, and container: { postStart }',
  limits: RESOURCES,
  memory: RESOURCES,
  metadata: 'labels and annotations',
  minAvailable: DISRUPTION_BUDGET,
  namespace: 'it for the chart: new Chart(app, id, { namespace })',
  nodeName: 'scheduling: { nodeSelector } with a label that several nodes have',
  pdb: DISRUPTION_BUDGET,
  podAnnotations: 'pod: { annotations }',
  podLabels: 'pod: { labels }',
  podMetadata: 'pod: { labels, annotations }',
  podMonitor: 'metrics: Metrics.podMonitor()',
  ports: 'port, and further ones as extraPorts',
  preStop: 'drain: Drain.sleep()',
  requests: RESOURCES,
  restartPolicy: 'no restartPolicy: the containers of a Deployment are always restarted',
  runAsUser: RUN_AS_USER,
  service: SERVICE_TYPE,
  serviceMonitor: 'metrics: Metrics.serviceMonitor()',
  serviceType: SERVICE_TYPE,
  spread: 'scheduling: { topologyKeys }',
  tag: IMAGE,
  tlsMountPath: 'tls: { mountPath }',
  tlsSecret: 'tls: { secret }',
  type: SERVICE_TYPE,
  user: RUN_AS_USER,
};
