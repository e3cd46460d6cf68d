import { describe, expect, it } from 'vitest';
import { isKubectl, rolloutsIn, rolloutStatusCommand } from '../src/probe/rollout.js';
import { isSettled } from '../src/probe/settle.js';

const seen = (version: string, firstMs: number, lastMs: number) => ({
  version,
  ok: 1,
  failed: 0,
  firstMs,
  lastMs,
});

describe('isSettled', () => {
  const sinceMs = 10_000;
  const quietMs = 5_000;

  it.each([
    ['only the time counts without versions', 15_000, undefined, true],
    ['the quiet time has not passed', 14_999, undefined, false],
    [
      'one version answered in the quiet time',
      20_000,
      [seen('v1', 0, 14_999), seen('v2', 9_000, 20_000)],
      true,
    ],
    [
      'the old version answered in the quiet time',
      20_000,
      [seen('v1', 0, 15_001), seen('v2', 9_000, 20_000)],
      false,
    ],
    ['nothing answered in the quiet time', 20_000, [seen('v1', 0, 12_000)], false],
    ['one version, but the quiet time has not passed', 14_000, [seen('v1', 0, 14_000)], false],
  ])('%s', (_what, nowMs, versions, settled) => {
    expect(isSettled({ nowMs, sinceMs, quietMs, versions })).toBe(settled);
  });
});

describe('rolloutsIn', () => {
  it('finds the workloads that kubectl changed', () => {
    const stdout = [
      'namespace/shop unchanged',
      'service/myapp configured',
      'deployment.apps/myapp configured',
      'deployment.apps/idle unchanged',
      'deployment.apps/old deleted',
      'deployment.apps/unchanged-name created',
      'statefulset.apps/db restarted',
      'daemonset.apps/agent image updated',
      'deployment.apps/myapp scaled',
      '',
    ].join('\n');
    expect(rolloutsIn(stdout)).toEqual([
      'deployment/myapp',
      'deployment/unchanged-name',
      'statefulset/db',
      'daemonset/agent',
    ]);
  });
});

describe('rolloutStatusCommand', () => {
  it("asks in the command's own cluster and namespace", () => {
    const command = ['/usr/bin/kubectl', '--context=prod', 'apply', '-n', 'shop', '-f', 'dist'];
    expect(rolloutStatusCommand('deployment/myapp', command)).toEqual([
      ...['kubectl', '--context=prod', '-n', 'shop', 'rollout', 'status', 'deployment/myapp'],
    ]);
  });

  it("knows nothing of another program's flags", () => {
    expect(rolloutStatusCommand('deployment/myapp', ['./release.sh', '-n', '5'])).toEqual([
      ...['kubectl', 'rollout', 'status', 'deployment/myapp'],
    ]);
    expect(isKubectl(['./kubectl-like'])).toBe(false);
  });
});
