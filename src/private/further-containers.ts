import { InitContainer, Sidecar } from '../further-containers';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { checkContainerName, Identity } from './identity';
import { Port, resolveSidecarPorts } from './ports';
import { ReadyProbes, resolveReadyProbes } from './probes';
import { Refusal } from './refusal';
import { missingRequest } from './resources';

/** A sidecar with every default filled in. */
export interface SidecarSettings {
  readonly asked: Sidecar;
  readonly ports: Port[];
  /** None: the application does not wait for it. */
  readonly probes?: ReadyProbes;
}

/**
 * The sidecars, checked together with the init containers: all names of the pod are different, and all ports.
 */
export function resolveSidecars(
  props: ZeroDowntimeDeploymentProps,
  { containerName }: Identity,
  appPorts: Port[],
): SidecarSettings[] {
  const sidecars = props.sidecars ?? [];
  checkNames(sidecars, props.initContainers ?? [], containerName);
  checkRequests(sidecars);
  const allPorts = resolveSidecarPorts(sidecars, appPorts);
  return sidecars.map((asked, i) => {
    const ports = allPorts[i];
    const prop = `sidecars[${i}].readiness`;
    const probes = asked.readiness && resolveReadyProbes(prop, asked.readiness, props, { ports });
    return { asked, ports, probes };
  });
}

/** Longest time until the last sidecar lets the application start. */
export function sidecarSeconds(sidecars: SidecarSettings[]): number {
  return sidecars.reduce((seconds, { probes }) => seconds + (probes?.readySeconds ?? 0), 0);
}

function checkRequests(sidecars: Sidecar[]): void {
  for (const [i, { resources }] of sidecars.entries()) {
    const refusal = resources && missingRequest(`sidecars[${i}].resources`, resources);
    if (refusal) {
      throw refusal;
    }
  }
}

function checkNames(sidecars: Sidecar[], initContainers: InitContainer[], appName: string): void {
  const earlier = [appName];
  const check = (prop: string, name: string, example: string) => {
    checkContainerName(prop, name, example);
    if (earlier.includes(name)) {
      throw new Refusal(
        prop,
        JSON.stringify(name),
        'another container of the pod has this name, so the API server refuses the Deployment',
        "Give each container a name of its own; the application's is containerName",
      );
    }
    earlier.push(name);
  };
  sidecars.forEach(({ name }, i) => check(`sidecars[${i}].name`, name, 'proxy'));
  initContainers.forEach(({ name }, i) => check(`initContainers[${i}].name`, name, 'migrate'));
}
