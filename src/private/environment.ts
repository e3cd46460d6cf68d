import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { Refusal } from './refusal';

/** Source: Kubernetes' rule for the name of an environment variable, printable ASCII without `=`. */
const NAME = /^[ -<>-~]+$/;

/**
 * Refuses what the API server takes as no name of an environment variable.
 */
export function checkEnvironment({ env = {} }: ZeroDowntimeDeploymentProps): void {
  for (const name of Object.keys(env)) {
    if (!NAME.test(name)) {
      throw new Refusal(
        'env name',
        JSON.stringify(name),
        'the API server refuses it as the name of an environment variable',
        "Write ASCII letters, digits and '_', for example 'LOG_LEVEL'",
      );
    }
  }
}
