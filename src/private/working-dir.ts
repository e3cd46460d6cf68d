import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { Refusal } from './refusal';

/**
 * Checks every working directory that the props name.
 */
export function checkWorkingDirs({
  container = {},
  sidecars = [],
  initContainers = [],
}: ZeroDowntimeDeploymentProps): void {
  check('container.workingDir', container.workingDir);
  sidecars.forEach(({ workingDir }, i) => check(`sidecars[${i}].workingDir`, workingDir));
  initContainers.forEach(({ workingDir }, i) => check(`initContainers[${i}].workingDir`, workingDir));
}

function check(prop: string, path?: string): void {
  if (path !== undefined && !path.startsWith('/')) {
    throw new Refusal(
      prop,
      JSON.stringify(path),
      'the container would not start, since its runtime asks for an absolute path',
      `Write '/${path}'`,
    );
  }
}
