import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { Refusal } from './refusal';

/**
 * Checks every working directory that the props name.
 */
export function checkWorkingDirs({
  workingDir,
  sidecars,
  initContainers,
}: ZeroDowntimeDeploymentProps): void {
  check('workingDir', workingDir);
  sidecars?.forEach((asked, i) => check(`sidecars[${i}].workingDir`, asked.workingDir));
  initContainers?.forEach((asked, i) => check(`initContainers[${i}].workingDir`, asked.workingDir));
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
