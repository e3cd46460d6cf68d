import { Refusal } from '../refusals/refusal';
import type { Checked } from './checked';

/**
 * Another object of the same kind, name and namespace: the one that is applied last replaces the other.
 */
export function* duplicateNames({ objects, index }: Checked): Iterable<Refusal> {
  // PodDisruptionBudgets and ConfigMaps are named after the Deployment, which is reported already.
  const named = objects.filter(({ kind }) => !['PodDisruptionBudget', 'ConfigMap'].includes(kind));
  for (const own of named) {
    const [other] = index.namesakes(own);
    if (other) {
      const prop = ['Service', 'Ingress', 'HTTPRoute'].includes(own.kind) ? 'exposure.serviceName' : 'name';
      const where = own.metadata.namespace
        ? `in namespace '${own.metadata.namespace}'`
        : 'in the same namespace';
      yield new Refusal(
        prop,
        JSON.stringify(own.name),
        `${other.node.path} is ${articleOf(own.kind)} ${own.kind} of this name ${where}, and the one applied last would replace the other`,
        `Give each a name or a namespace of its own; charts for different clusters belong into different Apps`,
      );
    }
  }
}

function articleOf(kind: string): string {
  return ['Ingress', 'HTTPRoute'].includes(kind) ? 'an' : 'a';
}
