import { describe, expect, test } from 'vitest';
import { violationsOf } from '../src/private/checks/pod-security-levels';

/** A container that both levels admit. */
const safe = {
  name: 'main',
  securityContext: {
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    seccompProfile: { type: 'RuntimeDefault' },
    capabilities: { drop: ['ALL'] },
  },
};
const adding = (capability: string) => ({
  containers: [
    {
      ...safe,
      securityContext: { ...safe.securityContext, capabilities: { drop: ['ALL'], add: [capability] } },
    },
  ],
});

describe('the level of Pod Security', () => {
  // Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/
  test.each([
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
  ])('baseline lets a container add %s', (capability) => {
    expect(violationsOf('baseline', adding(capability))).toEqual([]);
  });

  test('restricted lets it add only NET_BIND_SERVICE', () => {
    expect(violationsOf('baseline', adding('SYS_ADMIN'))).toEqual([
      'the container main adds the capability SYS_ADMIN',
    ]);
    expect(violationsOf('restricted', adding('CHOWN'))).toEqual([
      'the container main adds the capability CHOWN',
    ]);
    expect(violationsOf('restricted', adding('NET_BIND_SERVICE'))).toEqual([]);
  });

  test('names what the pods have, and what each container has', () => {
    const securityContext = {
      runAsUser: 0,
      seccompProfile: { type: 'Unconfined' },
      sysctls: [{ name: 'net.core.somaxconn' }, { name: 'net.ipv4.tcp_syncookies' }],
    };
    expect(violationsOf('baseline', { securityContext, containers: [safe] })).toEqual([
      'the pods set the sysctl net.core.somaxconn',
      'the pods have the seccompProfile Unconfined',
    ]);
    expect(violationsOf('restricted', { securityContext, containers: [{ name: 'main' }] }).slice(2)).toEqual([
      'the pods have runAsUser 0',
      'the container main may run as root',
      'the container main may escalate its privileges',
      'the container main has no seccompProfile',
      'the container main does not drop all capabilities',
    ]);
  });

  test('asks nothing of pods that say nothing, but what restricted wants to be said', () => {
    expect(violationsOf('baseline', { containers: [{ name: 'main' }] })).toEqual([]);
    expect(violationsOf('restricted', { containers: [safe] })).toEqual([]);
  });
});
