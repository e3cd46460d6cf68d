import type { PodSecurityContext, SecurityContext } from '../../../imports/k8s';
import type { RestrictedPodSecurityOptions } from '../../pod-security';
import { PodSecurity } from '../../pod-security';
import type { PodTemplateProps } from '../../pod-template-props';
import { checkMountPath } from '../kubernetes/mount-paths';
import type { MountedVolume } from '../kubernetes/mounted-volume';
import { volumeName } from '../kubernetes/mounted-volume';
import { wholeNumber } from '../kubernetes/numbers';
import type { Part } from '../refusals/refusal';
import { checkAll, checkEach, part, Refusal } from '../refusals/refusal';
import type { Port } from './ports';

/** Under which user and with which rights the pod runs. */
export interface Security {
  readonly pod: PodSecurityContext;
  /** For the application's container. */
  readonly container: SecurityContext;
  /** Whether every further container has to give up its capabilities too. */
  readonly restricted: boolean;
  /** Numeric user id for our own containers. */
  readonly user: number;
  /** Empty volumes for the writable paths. */
  readonly writableVolumes: MountedVolume[];
}

/** Source: docs/adr/0005-pod-security.md; above 10000, as kube-score asks, to collide with no user of a node. */
const USER = 10_001;

/**
 * Security contexts of the pod and of its container.
 */
export function resolveSecurity(props: PodTemplateProps, ports: Part<Port[]>): Security {
  const { _factory: factory, _options: options = {} } = props.security ?? PodSecurity.restricted();
  const seccompProfile = { type: 'RuntimeDefault' };
  if (factory === 'asImageUser') {
    return {
      pod: { seccompProfile },
      container: { allowPrivilegeEscalation: false },
      restricted: false,
      user: USER,
      writableVolumes: [],
    };
  }
  const user = part(() => wholeNumber('security.runAsUser', options.runAsUser ?? USER));
  const group = part(() => wholeNumber('security.runAsGroup', options.runAsGroup ?? user()));
  const fsGroup = part(() => wholeNumber('security.fsGroup', options.fsGroup ?? group()));
  const writableVolumes = part(() => resolveWritableVolumes(options));
  checkAll(user, group, fsGroup, writableVolumes);
  return {
    pod: {
      runAsNonRoot: true,
      runAsUser: user(),
      runAsGroup: group(),
      fsGroup: fsGroup(),
      // 'Always' walks through the whole volume at each start of a pod.
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile,
      sysctls: lowPorts(ports()),
    },
    container: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: options.readOnlyRootFilesystem ?? true,
    },
    restricted: true,
    user: user(),
    writableVolumes: writableVolumes(),
  };
}

/** A user that is not root may bind a port below 1024 only where this namespaced, safe sysctl lets it. */
function lowPorts(ports: Port[]): PodSecurityContext['sysctls'] {
  const lowest = Math.min(...ports.map((port) => port.number));
  return lowest < 1024 ? [{ name: 'net.ipv4.ip_unprivileged_port_start', value: String(lowest) }] : undefined;
}

function resolveWritableVolumes({ writablePaths = ['/tmp'] }: RestrictedPodSecurityOptions): MountedVolume[] {
  const names = writablePaths.map(volumeName);
  checkEach(writablePaths, (path, i) => {
    const prop = `security.writablePaths[${i}]`;
    if (names[i] === undefined || names.indexOf(names[i]) !== i) {
      throw new Refusal(
        prop,
        JSON.stringify(path),
        'no volume can be mounted there: each path has to be absolute, below /, without a / at its end, listed once, and of at most 63 letters, digits, ., _, - and /',
        "Write for example ['/tmp', '/var/cache/nginx']",
      );
    }
    checkMountPath(prop, path);
  });
  return writablePaths.map((path, i) => ({ path, name: names[i]! }));
}
