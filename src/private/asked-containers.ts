import { ContainerOptions } from '../container-options';
import { FurtherContainer } from '../further-containers';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { checkCommand } from './command';
import { checkEnvironment } from './environment';
import { checkImage } from './image';
import { checkMountPath } from './mount-paths';
import { checkAll, checkEach, throwAll } from './refusal';
import { wrongAmounts } from './resources';

type Asked = ContainerOptions & Pick<FurtherContainer, 'resources' | 'volumeMounts'>;

/**
 * Checks what is the same for every container that the props ask for.
 */
export function checkContainers(props: ZeroDowntimeDeploymentProps): void {
  const check = (path: string, asked: Asked) =>
    checkAll(
      () => checkImage(`${path}image`, asked.image, props.acceptNoRollback),
      () => checkCommand(`${path}command`, asked.command),
      () => checkEnvironment(`${path}env name`, asked.env),
      () => throwAll(wrongAmounts(`${path}resources`, asked.resources ?? {})),
      () =>
        checkEach(asked.volumeMounts ?? [], (mount, i) =>
          checkMountPath(`${path}volumeMounts[${i}].path`, mount.path),
        ),
    );
  checkAll(
    () => check('', props),
    () => checkEach(props.sidecars ?? [], (asked, i) => check(`sidecars[${i}].`, asked)),
    () => checkEach(props.initContainers ?? [], (asked, i) => check(`initContainers[${i}].`, asked)),
    () =>
      checkEach(props.pod?.furtherContainers ?? [], (asked, i) =>
        check(`pod.furtherContainers[${i}].`, asked),
      ),
  );
}
