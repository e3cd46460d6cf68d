import { App, Chart } from 'cdk8s';
import type { ContainerResources } from 'cdk8s-plus-27';
import { Deployment, Probe, ServiceType } from 'cdk8s-plus-27';
import { parseAllDocuments } from 'yaml';
import { Manifests } from '../manifests/manifests';
import type { Scenario } from '../proof/scenario';

/** The defaults of cdk8s-plus-27, and a readiness probe, which is not among them. */
export const controlCdk8sPlus: Scenario = {
  id: 'control-cdk8s-plus',
  name: 'defaults of cdk8s-plus-27: rollout 1 to 2',
  kind: 'control',
  podSecurity: 'privileged',
  given: async () => cdk8sPlus('1'),
  when: async (world) => world.rollOut(cdk8sPlus('2'), 'version 2'),
};

// The default of 1 CPU for each pod does not fit on a machine with two cores.
const NO_REQUESTS: ContainerResources = {};

/** The article's application as cdk8s-plus-27 deploys it by itself. */
export function cdk8sPlus(version: string): Manifests {
  const app = new App();
  const deployment = new Deployment(new Chart(app, 'control'), 'deployment', {
    metadata: { name: 'myapp' },
    containers: [
      {
        image: `jahongirr/myapp:${version}`,
        portNumber: 80,
        resources: NO_REQUESTS,
        readiness: Probe.fromHttpGet('/'),
        // The image has no user.
        securityContext: { ensureNonRoot: false },
      },
    ],
    securityContext: { ensureNonRoot: false },
  });
  deployment.exposeViaService({ name: 'myapp', serviceType: ServiceType.LOAD_BALANCER });
  return new Manifests(parseAllDocuments(app.synthYaml()).map((document) => document.toJSON()));
}
