import type { AcceptedRisks } from '../../accepted-risks';
import type { FurtherContainer, Sidecar } from '../../further-containers';
import type { HealthProps } from '../../health-props';
import type { PodTemplateProps } from '../../pod-template-props';
import { checkContainerName } from '../kubernetes/names';
import type { Part } from '../refusals/refusal';
import { checkAll, checkEach, part, Refusal } from '../refusals/refusal';
import type { ContainerSettings } from './containers';
import type { Port } from './ports';
import { resolveSidecarPorts } from './ports';
import type { ReadyProbes } from './probes';
import { resolveReadyProbes } from './probes';

/** Where a sidecar listens, and how it tells that it can serve. */
export interface ListeningSidecar {
  readonly ports: Port[];
  /** Left out: the application does not wait for it. */
  readonly probes?: ReadyProbes;
}

/** A sidecar with every default filled in. */
export type SidecarSettings = ContainerSettings & ListeningSidecar;

/**
 * The sidecars, checked together with the init containers: all names and all ports of the pod have to differ.
 */
export function resolveSidecars(
  props: PodTemplateProps & HealthProps & AcceptedRisks,
  containerName: Part<string>,
  appPorts: Part<Port[]>,
): ListeningSidecar[] {
  const { sidecars = [] } = props;
  const ports = part(() => resolveSidecarPorts(props, appPorts()));
  const listening = Array.from(sidecars.keys(), (i) =>
    part(() => toListening(`sidecars[${i}]`, sidecars[i], props, () => ports()[i])),
  );
  checkAll(
    () => checkNames(props, containerName()),
    () => checkEach(sidecars, (asked, i) => checkUser(`sidecars[${i}]`, asked)),
    () => checkEach(props.initContainers ?? [], (asked, i) => checkUser(`initContainers[${i}]`, asked)),
    () =>
      checkEach(props.pod?.furtherContainers ?? [], (asked, i) =>
        checkUser(`pod.furtherContainers[${i}]`, asked),
      ),
    () => checkWaitsForNobody(sidecars, ports(), appPorts()),
    ...listening,
  );
  return listening.map((each) => each());
}

function toListening(
  prop: string,
  { readiness }: Sidecar,
  props: HealthProps,
  ports: Part<Port[]>,
): ListeningSidecar {
  const listening = part(() => ({ ports: ports() }));
  const probes = readiness && resolveReadyProbes(`${prop}.readiness`, readiness, props, listening);
  return { ports: ports(), probes };
}

/** Longest time until the last sidecar lets the application start. */
export function sidecarSeconds(sidecars: ListeningSidecar[]): number {
  return sidecars.reduce((seconds, { probes }) => seconds + (probes?.readySeconds ?? 0), 0);
}

/** cdk8s-plus-27 sets runAsNonRoot, unless ensureNonRoot is false. */
function checkUser(prop: string, { securityContext = {} }: FurtherContainer): void {
  const { user, ensureNonRoot = true } = securityContext;
  if (user === 0 && ensureNonRoot) {
    throw new Refusal(
      `${prop}.securityContext.user`,
      0,
      'ensureNonRoot is true unless it is given, so the kubelet would not start the container',
      'Write another user, or ensureNonRoot: false, which namespaces that enforce `restricted` do not admit',
    );
  }
}

/** Refuses a sidecar that waits for a container which starts only after it: the application, or a later sidecar. */
function checkWaitsForNobody(sidecars: Sidecar[], allPorts: Port[][], appPorts: Port[]): void {
  for (const [i, { readiness }] of sidecars.entries()) {
    const asked = readiness?._options.port;
    const later = [...appPorts, ...allPorts.slice(i + 1).flat()].map(({ number }) => number);
    const earlier = allPorts.slice(0, i + 1).flat();
    if (asked !== undefined && later.includes(asked) && !earlier.some(({ number }) => number === asked)) {
      throw new Refusal(
        `sidecars[${i}].readiness.port`,
        asked,
        'who listens there starts only when this sidecar is ready, so no pod would ever start',
        'Ask a port of the sidecar itself',
      );
    }
  }
}

function checkNames(
  { sidecars = [], initContainers = [], pod: { furtherContainers = [] } = {} }: PodTemplateProps,
  appName: string,
): void {
  const earlier = [appName];
  const check = (prop: string, name: string, example: string) => {
    checkContainerName(prop, name, example);
    if (earlier.includes(name)) {
      throw new Refusal(
        prop,
        JSON.stringify(name),
        'another container of the pod has this name, so the API server refuses the Deployment',
        "Give each container a name of its own; the application's is container.name",
      );
    }
    earlier.push(name);
  };
  sidecars.forEach(({ name }, i) => check(`sidecars[${i}].name`, name, "name: 'proxy'"));
  initContainers.forEach(({ name }, i) => check(`initContainers[${i}].name`, name, "name: 'migrate'"));
  furtherContainers.forEach(({ name }, i) =>
    check(`pod.furtherContainers[${i}].name`, name, "name: 'fetch'"),
  );
}
