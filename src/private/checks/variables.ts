import { Refusal } from '../refusals/refusal';
import type { Checked } from './checked';

/**
 * Environment variables of config that were added to the container too.
 */
export function* duplicateVariables({ deployment, settings: { config } }: Checked): Iterable<Refusal> {
  const { variables } = deployment.containers[0].env;
  for (const name of config.variables) {
    if (Object.hasOwn(variables, name)) {
      yield new Refusal(
        'env name',
        JSON.stringify(name),
        'config has this environment variable too, and the application gets only one of the two values',
        'Write it in one place',
      );
    }
  }
}
