import { ContainerOptions } from '../container-options';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';

/**
 * Calls `check` for every container that the props ask for, with what stands before its props in a message.
 */
export function forEachContainer(
  props: ZeroDowntimeDeploymentProps,
  check: (path: string, asked: ContainerOptions) => void,
): void {
  const { sidecars = [], initContainers = [] } = props;
  check('', props);
  sidecars.forEach((asked, i) => check(`sidecars[${i}].`, asked));
  initContainers.forEach((asked, i) => check(`initContainers[${i}].`, asked));
}
