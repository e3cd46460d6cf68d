import { Deployment } from 'cdk8s-plus-27';
import { Refusal } from '../refusal';
import { HOST, ONE_NODE } from '../scheduling';
import type { Checked } from './checked';

/**
 * Pods that `deployment.scheduling` puts on a single node.
 */
export function* podsOnOneNode({ deployment, settings: { props } }: Checked): Iterable<Refusal> {
  if (props.acceptDowntimeOnDrain) {
    return;
  }
  const { nodeName, affinity } = toKube(deployment);
  if (nodeName !== undefined) {
    yield new Refusal(
      'deployment.scheduling.assign()',
      JSON.stringify(nodeName),
      ONE_NODE.reason,
      ONE_NODE.remedy,
    );
  }
  const terms =
    affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  // A pod runs where any of the terms fits; one without hosts fits on any of them.
  const hosts = new Set(
    terms.flatMap((term): readonly (string | undefined)[] => hostsOf(term) ?? [undefined]),
  );
  const [host] = hosts;
  if (hosts.size === 1 && host !== undefined) {
    yield new Refusal(
      'deployment.scheduling.attract()',
      JSON.stringify(host),
      ONE_NODE.reason,
      ONE_NODE.remedy,
    );
  }
}

function hostsOf({ matchExpressions = [] }: Term): readonly string[] | undefined {
  return matchExpressions.find(({ key, operator }) => key === HOST && operator === 'In')?.values;
}

interface Scheduling {
  readonly nodeName?: string;
  readonly affinity?: {
    readonly nodeAffinity?: {
      readonly requiredDuringSchedulingIgnoredDuringExecution?: {
        readonly nodeSelectorTerms: readonly Term[];
      };
    };
  };
}

interface Term {
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** cdk8s-plus-27 keeps to itself where the pods are put. */
function toKube({ scheduling }: Deployment): Scheduling {
  return (scheduling as unknown as { _toKube(): Scheduling })._toKube();
}
