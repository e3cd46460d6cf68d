import { describe, expect, it } from 'vitest';
import { isKubectl, rolloutIn, rolloutStatusCommand } from '../../src/probe/rollout.js';
import { isSettled } from '../../src/probe/settle.js';

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

describe('rolloutIn', () => {
  it.each([
    ['namespace/shop unchanged', undefined],
    ['service/myapp configured', undefined],
    ['deployment.apps/myapp configured', 'deployment/myapp'],
    ['deployment.apps/idle unchanged', undefined],
    ['deployment.apps/old deleted', undefined],
    ['deployment.apps/unchanged-name created', 'deployment/unchanged-name'],
    ['statefulset.apps/db restarted', 'statefulset/db'],
    ['daemonset.apps/agent image updated', 'daemonset/agent'],
    ['  deployment.apps/myapp scaled', 'deployment/myapp'],
    ['deployment.apps/-x;y configured', undefined],
    [`deployment.apps/${'a'.repeat(254)} configured`, undefined],
    ['', undefined],
  ])('%s', (line, rollout) => {
    expect(rolloutIn(line)).toBe(rollout);
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
