import type { ApplicationProps } from '../../application-props';
import type { PodTemplateProps } from '../../pod-template-props';
import { checkAll, checkEach, Refusal } from '../refusals/refusal';

/**
 * Checks every working directory that the props name.
 */
export function checkWorkingDirs(props: ApplicationProps & PodTemplateProps): void {
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
