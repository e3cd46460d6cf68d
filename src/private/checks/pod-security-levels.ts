import type { Manifest } from '../kubernetes/manifest';

/** What a namespace asks of its pods. Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurityLevel = 'baseline' | 'restricted';

/** Capabilities that `baseline` lets a container add. */
const ADDED_BY_BASELINE = [
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
];
/** Capabilities that `restricted` lets a container add. */
const ADDED_BY_RESTRICTED = ['NET_BIND_SERVICE'];
/** Kinds of volumes that `restricted` lets a pod mount. */
const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];
const SYSCTLS = [
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
];
const SECCOMP_PROFILES = ['RuntimeDefault', 'Localhost'];

/**
 * Everything in a pod that a level does not admit, each as a clause with its owner.
 */
export function violationsOf(level: PodSecurityLevel, podSpec: Manifest): string[] {
  const violations = [...ofBaseline(podSpec), ...(level === 'restricted' ? ofRestricted(podSpec) : [])];
  return [...new Set(violations)];
}

function* ofBaseline(podSpec: Manifest): Iterable<string> {
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) {
    if (podSpec[field]) {
      yield `the pods have ${field}`;
    }
  }
  for (const { name, hostPath } of podSpec.volumes ?? []) {
    if (hostPath) {
      yield `the volume ${name} is a hostPath`;
    }
  }
  for (const { name } of podSpec.securityContext?.sysctls ?? []) {
    if (!SYSCTLS.includes(name)) {
      yield `the pods set the sysctl ${name}`;
    }
  }
  for (const { name, ports = [], securityContext = {} } of containersOf(podSpec)) {
    if (securityContext.privileged) {
      yield `the container ${name} is privileged`;
    }
    yield* addedBeyond(ADDED_BY_BASELINE, name, securityContext);
    if (![undefined, 'Default'].includes(securityContext.procMount)) {
      yield `the container ${name} has procMount ${securityContext.procMount}`;
    }
    for (const { hostPort } of ports) {
      if (hostPort) {
        yield `the container ${name} has the hostPort ${hostPort}`;
      }
    }
  }
  for (const [who, { seccompProfile }] of securityContexts(podSpec)) {
    if (seccompProfile?.type === 'Unconfined') {
      yield `${who} the seccompProfile Unconfined`;
    }
  }
}

function* ofRestricted(podSpec: Manifest): Iterable<string> {
  const pod = podSpec.securityContext ?? {};
  for (const { name, ...volume } of podSpec.volumes ?? []) {
    const [kind] = Object.keys(volume);
    if (!VOLUMES.includes(kind)) {
      yield `the volume ${name} is a ${kind}`;
    }
  }
  for (const [who, { runAsUser }] of securityContexts(podSpec)) {
    if (runAsUser === 0) {
      yield `${who} runAsUser 0`;
    }
  }
  for (const { name, securityContext = {} } of containersOf(podSpec)) {
    if (!(securityContext.runAsNonRoot ?? pod.runAsNonRoot)) {
      yield `the container ${name} may run as root`;
    }
    if (securityContext.allowPrivilegeEscalation !== false) {
      yield `the container ${name} may escalate its privileges`;
    }
    if (!SECCOMP_PROFILES.includes((securityContext.seccompProfile ?? pod.seccompProfile)?.type)) {
      yield `the container ${name} has no seccompProfile`;
    }
    if (!securityContext.capabilities?.drop?.includes('ALL')) {
      yield `the container ${name} does not drop all capabilities`;
    }
    yield* addedBeyond(ADDED_BY_RESTRICTED, name, securityContext);
  }
}

function* addedBeyond(allowed: string[], name: string, { capabilities }: Manifest): Iterable<string> {
  for (const capability of capabilities?.add ?? []) {
    if (!allowed.includes(capability)) {
      yield `the container ${name} adds the capability ${capability}`;
    }
  }
}

function containersOf({ containers, initContainers = [] }: Manifest): Manifest[] {
  return [...initContainers, ...containers];
}

/** The security contexts of the pod and of each container, each with the words for its owner. */
function securityContexts(podSpec: Manifest): [string, Manifest][] {
  return [
    ['the pods have', podSpec.securityContext ?? {}],
    ...containersOf(podSpec).map(({ name, securityContext }): [string, Manifest] => [
      `the container ${name} has`,
      securityContext ?? {},
    ]),
  ];
}
