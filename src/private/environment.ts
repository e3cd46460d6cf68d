import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { Refusal } from './refusal';

/** Source: Kubernetes' rule for the name of an environment variable, printable ASCII without `=`. */
const NAME = /^[ -<>-~]+$/;

/**
 * Refuses what the API server takes as no name of an environment variable, in any container.
 */
export function checkEnvironment(props: ZeroDowntimeDeploymentProps): void {
  checkNames('env name', props.env);
  props.sidecars?.forEach(({ env }, i) => checkNames(`sidecars[${i}].env name`, env));
  props.initContainers?.forEach(({ env }, i) => checkNames(`initContainers[${i}].env name`, env));
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
