import type { ContainerOptions } from '../../container-options';
import { checkEach, Refusal } from '../refusals/refusal';

/** Source: Kubernetes' rule for the name of an environment variable, printable ASCII without `=`. */
const NAME = /^[ -<>-~]+$/;

/**
 * Refuses names of environment variables that the API server does not take.
 */
export function checkEnvironment(prop: string, env: ContainerOptions['env'] = {}): void {
  checkEach(Object.keys(env), (name) => {
    // cdk8s cannot write a key of this name.
    if (!NAME.test(name) || name === '__proto__') {
      throw new Refusal(
        prop,
        JSON.stringify(name),
        'the API server refuses it as the name of an environment variable',
        "Write ASCII letters, digits and '_', for example 'LOG_LEVEL'",
      );
    }
  });
}
