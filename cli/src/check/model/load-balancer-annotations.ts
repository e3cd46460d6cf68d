import { annotation } from './service.js';
import type { ManifestObject } from '../read/object.js';

/** A setting of a cloud whose change gives a Service another load balancer, or empties the one that it has. */
export interface LoadBalancerSetting {
  /** The annotations that say it; the first one that is there counts. */
  readonly names: readonly string[];
  /** Other values that mean the same, each with the value that it means. */
  readonly synonyms?: ReadonlyMap<string, string>;
  /** What the cloud takes when no annotation is there. */
  readonly default?: string;
  /** What a change does. */
  readonly what: string;
  /** Where that is said. */
  readonly source: string;
}

const REPLACED = 'the load balancer is replaced, and its address with it';
const AWS_CONTROLLER = 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/';

/** The settings of clouds for which a source says what a change does. */
export const LOAD_BALANCER_SETTINGS: readonly LoadBalancerSetting[] = [
  {
    names: [
      'service.beta.kubernetes.io/aws-load-balancer-scheme',
      'service.beta.kubernetes.io/aws-load-balancer-internal',
    ],
    synonyms: new Map([
      ['true', 'internal'],
      ['false', 'internet-facing'],
    ]),
    default: 'internal',
    what: REPLACED,
    source: `${AWS_CONTROLLER}pkg/deploy/elbv2/load_balancer_synthesizer.go`,
  },
  {
    names: ['service.beta.kubernetes.io/aws-load-balancer-type'],
    what: 'another controller makes another load balancer',
    source: `${AWS_CONTROLLER}docs/guide/service/annotations.md`,
  },
  {
    names: ['service.beta.kubernetes.io/aws-load-balancer-nlb-target-type'],
    what: 'the target group is replaced by one whose targets are not healthy yet',
    source: `${AWS_CONTROLLER}pkg/deploy/elbv2/target_group_synthesizer.go`,
  },
  {
    names: ['networking.gke.io/load-balancer-type', 'cloud.google.com/load-balancer-type'],
    synonyms: new Map([['internal', 'Internal']]),
    what: REPLACED,
    source: 'https://github.com/kubernetes/cloud-provider-gcp/blob/master/providers/gce/gce_loadbalancer.go',
  },
  {
    names: ['service.beta.kubernetes.io/azure-load-balancer-internal'],
    default: 'false',
    what: 'it moves to another load balancer with another address',
    source: 'https://github.com/kubernetes/kubernetes/pull/43510',
  },
];

/** The value of a setting, as its first annotation would write it. */
export function settingOf(service: ManifestObject, setting: LoadBalancerSetting): string | undefined {
  const [written] = setting.names.map((name) => annotation(service, name)).filter((one) => one !== undefined);
  return written === undefined ? setting.default : (setting.synonyms?.get(written) ?? written);
}
