import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { forEachContainer } from './asked-containers';
import { Refusal } from './refusal';

/**
 * Checks every working directory that the props name.
 */
export function checkWorkingDirs(props: ZeroDowntimeDeploymentProps): void {
  forEachContainer(props, (path, { workingDir }) => check(`${path}workingDir`, workingDir));
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
