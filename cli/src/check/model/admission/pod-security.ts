import { at, fields, items, text, type Fields, type Path } from '../../read/fields.js';

/** How much a namespace asks of its pods. */
export type Level = 'baseline' | 'restricted';

/** What a Pod Security Standard does not allow, and what to write instead. */
export interface Violation {
  readonly path: Path;
  readonly what: string;
}

/**
 * What a pod does that the Pod Security Standard of its namespace does not allow; paths are from its spec on.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function violations(spec: Fields, level: Level): readonly Violation[] {
  const containers = ['initContainers', 'containers'].flatMap((list) =>
    items(spec[list]).map(({ index, item }) => new SecuredContainer(item, spec, [list, index])),
  );
  const baseline = [...ofPod(spec), ...containers.flatMap((container) => container.baseline())];
  if (level === 'baseline') {
    return baseline;
  }
  return [...baseline, ...ofVolumes(spec), ...containers.flatMap((container) => container.restricted())];
}

/** A container, and what its pod says for all of them. */
class SecuredContainer {
  private readonly own: Fields;
  private readonly ofPod: Fields;
  private readonly name: string;
  /** What Windows does not have is not asked of its pods. */
  private readonly isLinux: boolean;

  constructor(
    private readonly spec: Fields,
    pod: Fields,
    private readonly path: Path,
  ) {
    this.own = fields(spec.securityContext);
    this.ofPod = fields(pod.securityContext);
    this.name = `container ${text(spec.name) ?? path.join(' ')}`;
    this.isLinux = at(pod, 'os', 'name') !== 'windows';
  }

  baseline(): readonly Violation[] {
    const added = list(at(this.own.capabilities, 'add'));
    const odd = added.find((name) => !BASELINE_CAPABILITIES.has(name));
    return [
      ...this.violation(this.own.privileged === true, ['privileged'], 'is privileged'),
      ...this.violation(odd !== undefined, ['capabilities', 'add'], `adds the capability ${odd}`),
      ...this.violation(
        !['Default', undefined, null].includes(this.own.procMount as string | undefined | null),
        ['procMount'],
        'has another procMount than Default',
      ),
      ...this.violation(
        this.setting('seccompProfile', 'type') === 'Unconfined',
        ['seccompProfile'],
        'has no seccomp profile (Unconfined)',
      ),
      ...this.violation(
        this.setting('windowsOptions', 'hostProcess') === true,
        ['windowsOptions'],
        'is a process of its node (hostProcess)',
      ),
      ...items(this.spec.ports)
        .filter(({ item }) => typeof item.hostPort === 'number' && item.hostPort > 0)
        .map(({ index, item }) => ({
          path: [...this.path, 'ports', index, 'hostPort'],
          what: `${this.name} takes port ${item.hostPort as number} of its node`,
        })),
    ];
  }

  restricted(): readonly Violation[] {
    const user = this.setting('runAsUser');
    const nonRoot = this.violation(
      this.setting('runAsNonRoot') !== true,
      ['runAsNonRoot'],
      'may run as root; write runAsNonRoot: true',
    );
    const root = this.violation(user === 0, ['runAsUser'], 'runs as user 0');
    if (!this.isLinux) {
      return [...nonRoot, ...root];
    }
    const { add, drop } = fields(this.own.capabilities);
    const profile = this.setting('seccompProfile', 'type');
    const odd = list(add).find((name) => name !== 'NET_BIND_SERVICE');
    return [
      ...nonRoot,
      ...root,
      ...this.violation(
        this.own.allowPrivilegeEscalation !== false,
        ['allowPrivilegeEscalation'],
        'may get more rights; write allowPrivilegeEscalation: false',
      ),
      ...this.violation(
        !list(drop).includes('ALL'),
        ['capabilities'],
        'keeps capabilities; write capabilities.drop: [ALL]',
      ),
      ...this.violation(
        odd !== undefined && BASELINE_CAPABILITIES.has(odd),
        ['capabilities', 'add'],
        `adds the capability ${odd}`,
      ),
      ...this.violation(
        profile !== 'RuntimeDefault' && profile !== 'Localhost' && profile !== 'Unconfined',
        ['seccompProfile'],
        'has no seccomp profile; write seccompProfile.type: RuntimeDefault',
      ),
    ];
  }

  /** What counts for the container: its own setting, or that of its pod. */
  private setting(...path: Path): unknown {
    return at(this.own, ...path) ?? at(this.ofPod, ...path);
  }

  private violation(isOne: boolean, path: Path, what: string): readonly Violation[] {
    return isOne ? [{ path: [...this.path, 'securityContext', ...path], what: `${this.name} ${what}` }] : [];
  }
}

function ofPod(spec: Fields): readonly Violation[] {
  const sysctl = items(at(spec.securityContext, 'sysctls')).find(
    ({ item }) => !SAFE_SYSCTLS.has(text(item.name) ?? ''),
  );
  return [
    ...['hostNetwork', 'hostPID', 'hostIPC']
      .filter((field) => spec[field] === true)
      .map((field) => ({ path: [field], what: `the pod has ${field}: true` })),
    ...items(spec.volumes)
      .filter(({ item }) => item.hostPath)
      .map(({ index, item }) => ({
        path: ['volumes', index, 'hostPath'],
        what: `the volume ${text(item.name) ?? index} is a folder of the node (hostPath)`,
      })),
    ...(sysctl === undefined
      ? []
      : [
          {
            path: ['securityContext', 'sysctls', sysctl.index],
            what: `the pod sets ${text(sysctl.item.name) ?? 'a sysctl'}`,
          },
        ]),
  ];
}

/** What kinds of volumes restricted does not allow; hostPath is not in baseline either. */
function ofVolumes(spec: Fields): readonly Violation[] {
  return items(spec.volumes).flatMap(({ index, item }) => {
    const kind = Object.keys(item).find(
      (field) => field !== 'name' && field !== 'hostPath' && !VOLUMES.has(field),
    );
    return kind === undefined
      ? []
      : [
          {
            path: ['volumes', index, kind],
            what: `the volume ${text(item.name) ?? index} is of the kind ${kind}`,
          },
        ];
  });
}

function list(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : []).filter((one) => typeof one === 'string');
}

const VOLUMES: ReadonlySet<string> = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

const BASELINE_CAPABILITIES: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

const SAFE_SYSCTLS: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);
