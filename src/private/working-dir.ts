import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { checkAll, checkEach, Refusal } from './refusal';

/**
 * Checks every working directory that the props name.
 */
export function checkWorkingDirs(props: ZeroDowntimeDeploymentProps): void {
  checkAll(
    () => check('container.workingDir', props.container?.workingDir),
    () =>
      checkEach(props.sidecars ?? [], ({ workingDir }, i) => check(`sidecars[${i}].workingDir`, workingDir)),
    () =>
      checkEach(props.initContainers ?? [], ({ workingDir }, i) =>
        check(`initContainers[${i}].workingDir`, workingDir),
      ),
    () =>
      checkEach(props.pod?.furtherContainers ?? [], ({ workingDir }, i) =>
        check(`pod.furtherContainers[${i}].workingDir`, workingDir),
      ),
  );
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
