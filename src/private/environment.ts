import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { forEachContainer } from './asked-containers';
import { Refusal } from './refusal';

/** Source: Kubernetes' rule for the name of an environment variable, printable ASCII without `=`. */
const NAME = /^[ -<>-~]+$/;

/**
 * Refuses what the API server takes as no name of an environment variable, in any container.
 */
export function checkEnvironment(props: ZeroDowntimeDeploymentProps): void {
  forEachContainer(props, (path, { env }) => checkNames(`${path}env name`, env));
}

function checkNames(prop: string, env: ZeroDowntimeDeploymentProps['env'] = {}): void {
  for (const name of Object.keys(env)) {
    if (!NAME.test(name)) {
      throw new Refusal(
        prop,
        JSON.stringify(name),
        'the API server refuses it as the name of an environment variable',
        "Write ASCII letters, digits and '_', for example 'LOG_LEVEL'",
      );
    }
  }
}
