import type { ApiObject, JsonPatch } from 'cdk8s';
import type {
  DeploymentStrategy,
  Handler,
  Ingress,
  Metric,
  NodeTaintQuery,
  PercentOrAbsolute,
  PodScheduling,
  Replicas,
  Service,
  Volume,
} from 'cdk8s-plus-27';
import { Container } from 'cdk8s-plus-27';
import type { Manifest } from './manifest';

/*
 * Access to internals of cdk8s and cdk8s-plus-27. Lint checks that no other file reads them.
 */

/** The method with which most values of cdk8s-plus-27 render what Kubernetes reads. */
export const TO_KUBE = '_toKube';

/** What `DeploymentStrategy` holds. */
export interface KubeStrategy {
  readonly type: string;
  readonly rollingUpdate?: {
    readonly maxSurge: PercentOrAbsolute;
    readonly maxUnavailable: PercentOrAbsolute;
  };
}

/** What `Metric` holds. */
interface KubeMetric {
  readonly type: string;
  readonly resource?: { readonly name: string; readonly target: MetricTargetValue };
  readonly containerResource?: {
    readonly name: string;
    readonly container: string;
    readonly target: MetricTargetValue;
  };
  readonly pods?: NamedMetric;
  readonly object?: NamedMetric;
  readonly external?: NamedMetric;
}

interface NamedMetric {
  readonly metric: { readonly name: string };
  readonly target: MetricTargetValue;
}

/** Where the pods are put. */
export interface KubeScheduling {
  readonly nodeName?: string;
  readonly affinity?: {
    readonly nodeAffinity?: {
      readonly requiredDuringSchedulingIgnoredDuringExecution?: {
        readonly nodeSelectorTerms: readonly NodeSelectorTerm[];
      };
    };
  };
}

export interface NodeSelectorTerm {
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** What `MetricTarget` holds. */
export interface MetricTargetValue {
  readonly type: string;
  readonly averageUtilization?: number;
  readonly averageValue?: { readonly value: number | string };
  readonly value?: { readonly value: number | string };
}

function toKube<T>(value: object, ...args: unknown[]): T {
  return (value as unknown as { [TO_KUBE](...args: unknown[]): T })[TO_KUBE](...args);
}

export function kubeStrategy(strategy: DeploymentStrategy): KubeStrategy {
  return toKube(strategy);
}

export function kubeScheduling(scheduling: PodScheduling): KubeScheduling {
  return toKube(scheduling);
}

export function kubeMetric(metric: Metric): KubeMetric {
  return toKube(metric);
}

/** The number of pods, or of percent. */
export function replicaNumber(replicas: Replicas): number {
  return toKube<{ value: number }>(replicas).value;
}

export function kubeTaint(query: NodeTaintQuery): { readonly key?: string; readonly value?: string } {
  return toKube(query);
}

/**
 * The handler, rendered for a container with this port: cdk8s-plus-27 reads nothing else from the container.
 */
export function kubeHandler(handler: Handler, portNumber?: number): Manifest {
  return toKube(handler, new Container({ image: 'any', portNumber }));
}

/** The name of the claim that the volume mounts, if it mounts one. */
export function claimName(volume: Volume): string | undefined {
  return toKube<Manifest>(volume).persistentVolumeClaim?.claimName;
}

/** Makes a volume render this manifest, for kinds of volumes that cdk8s-plus-27 does not know. */
export function replaceVolume(volume: Volume, manifest: Manifest): void {
  Object.assign(volume, { [TO_KUBE]: () => manifest });
}

/** The labels by which a Service selects pods. */
export function serviceSelector(service: Service): Record<string, string> {
  return (service as unknown as { _selector: Record<string, string> })._selector;
}

/** The rules of an Ingress, by host. */
export function ingressRules(ingress: Ingress): Record<string, readonly unknown[]> {
  return (ingress as unknown as { _rulesPerHost: Record<string, unknown[]> })._rulesPerHost;
}

/** The JSON patches of an object. */
export function jsonPatches(object: ApiObject): readonly JsonPatch[] {
  return (object as unknown as { patches: JsonPatch[] }).patches;
}
