import type { ContainerResources } from 'cdk8s-plus-27';
import { ImagePullPolicy } from 'cdk8s-plus-27';
import type { AcceptedRisks } from '../../accepted-risks';
import type { ApplicationProps } from '../../application-props';
import type { ContainerOptions } from '../../container-options';
import type { FurtherContainer } from '../../further-containers';
import type { PodTemplateProps } from '../../pod-template-props';
import { checkMountPath } from '../kubernetes/mount-paths';
import { wrongAmounts } from '../kubernetes/quantities';
import { checkAll, checkEach, throwAll } from '../refusals/refusal';
import { checkCommand } from './command';
import { checkEnvironment } from './environment';
import { checkImage } from './image';
import type { Port } from './ports';
import { withRequests } from './resources';

type Asked = ContainerOptions & Pick<FurtherContainer, 'resources' | 'volumeMounts'>;

/** A container with every default filled in. */
export interface ContainerSettings extends FurtherContainer {
  readonly imagePullPolicy: ImagePullPolicy;
  readonly resources: ContainerResources;
  readonly ports: Port[];
}

/**
 * A container of the props, with the defaults filled in.
 */
export function resolveContainer(asked: FurtherContainer, ports: Port[] = []): ContainerSettings {
  return {
    ...asked,
    imagePullPolicy: asked.imagePullPolicy ?? ImagePullPolicy.IF_NOT_PRESENT,
    resources: withRequests(asked.resources),
    ports,
  };
}

/**
 * Runs the checks that every container of the props has to pass.
 */
export function checkContainers(props: ApplicationProps & PodTemplateProps & AcceptedRisks): void {
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
