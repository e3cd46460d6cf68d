import { Secret } from 'cdk8s-plus-27';
import { describe, test } from 'vitest';
import { Config, Exposure, ExternalTrafficPolicy } from '../../src';
import { expectAccepted, expectRefused, newChart } from '../helpers';

describe('an annotation of ours', () => {
  const exposure = Exposure.metalLb({ externalTrafficPolicy: ExternalTrafficPolicy.LOCAL });
  const MIN_READY = 'at least 10 s behind MetalLB: 10 s until other nodes announce the address';

  test('that says why the pods wait is refused with another value', () => {
    expectRefused(
      { exposure, annotations: { 'zero-downtime/min-ready': 'see runbook' } },
      `annotations['zero-downtime/min-ready'] = "see runbook": the construct itself gives it the value "${MIN_READY}". Leave it out.`,
    );
    expectAccepted({ exposure, annotations: { 'zero-downtime/min-ready': MIN_READY } });
    expectAccepted({ annotations: { 'zero-downtime/min-ready': 'see runbook' } });
  });

  test('that keeps ConfigMaps for old pods is refused with another value', () => {
    const annotations = { 'argocd.argoproj.io/sync-options': 'Prune=true' };
    expectRefused(
      { config: [Config.env({ LEVEL: 'info' })], annotations },
      `annotations['argocd.argoproj.io/sync-options'] = "Prune=true": the construct itself gives it the value "Prune=false". Leave it out.`,
    );
    const config = [Config.envFromSecret(Secret.fromSecretName(newChart(), 'Secret', 'web'))];
    expectAccepted({ config, annotations });
  });

  test('that rolls the pods when a Secret changes is refused with another value', () => {
    const config = [
      Config.envFromSecret(Secret.fromSecretName(newChart(), 'Secret', 'web'), { version: '2' }),
    ];
    expectRefused(
      { config, pod: { annotations: { 'zero-downtime/secret-versions': '3' } } },
      `pod.annotations['zero-downtime/secret-versions'] = "3": the construct itself gives it the value "{\\"web\\":\\"2\\"}". Leave it out.`,
    );
  });
});
