import type { ExposureProps } from '../../exposure-props';
import type { NetworkAccessOptions } from '../../network-access';
import type { Part } from '../refusals/refusal';
import { checkAll, Refusal } from '../refusals/refusal';
import type { MetricsSettings } from './metrics';
import type { ServiceSettings } from './services';

/** Other settings that the NetworkPolicy depends on. */
interface Needed {
  readonly metrics: Part<MetricsSettings | undefined>;
  readonly services: Part<readonly ServiceSettings[]>;
}

/**
 * Who is let in, if the user asked for a NetworkPolicy. Refuses a list of peers that lets in more than it names.
 */
export function resolveNetworkPolicy(
  { networkPolicy }: ExposureProps,
  needed: Needed,
): NetworkAccessOptions | undefined {
  const { peers, metricsPeers } = networkPolicy?._options ?? {};
  checkAll(
    () => checkPeers('networkPolicy.peers', peers, 'everyone'),
    () => checkPeers('networkPolicy.metricsPeers', metricsPeers, 'all pods of the cluster'),
    () => metricsPeers && checkReaders(metricsPeers, peers === undefined, needed),
  );
  return networkPolicy?._options;
}

/** Refuses `metricsPeers` without metrics, or for metrics that everybody can read. */
function checkReaders(metricsPeers: readonly unknown[], toEveryone: boolean, needed: Needed): void {
  const refuse = (reason: string, fix: string) => {
    throw new Refusal('networkPolicy.metricsPeers', `${metricsPeers.length} of them`, reason, fix);
  };
  const port = needed.metrics()?.port;
  if (!port) {
    return refuse(
      'without metrics there is no port that they could read',
      "Write for example metrics: Metrics.podMonitor({ portName: 'http' }), or leave the option out",
    );
  }
  const isOffered = needed.services().some(({ ports }) => ports.some(({ number }) => number === port.number));
  if (toEveryone && isOffered) {
    refuse(
      'everyone is let in to the ports of the Services, and this is one of them',
      'Serve the metrics on a port of extraPorts without servicePort, or write peers, or leave the option out',
    );
  }
}

function checkPeers(prop: string, peers: readonly unknown[] | undefined, otherwise: string): void {
  if (peers?.length === 0) {
    throw new Refusal(
      prop,
      '[]',
      'Kubernetes reads an empty list as everyone',
      `Name at least one peer, or leave ${prop.split('.')[1]} out to let in ${otherwise}`,
    );
  }
}
