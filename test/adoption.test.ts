import { Duration } from 'cdk8s';
import { DeploymentStrategy, ImagePullPolicy, PercentOrAbsolute } from 'cdk8s-plus-27';
import { beforeEach, describe, expect, test } from 'vitest';
import { HealthCheck, PodSecurity } from '../src';
import { addWeb, newChart, type Props, render, type Rendered } from './helpers';

const articleProps = (): Props => ({
  image: 'jahongirr/myapp:1',
  port: 80,
  name: 'myapp-deployment',
  selectorLabels: { app: 'myapp' },
  container: { name: 'myapp-container', imagePullPolicy: ImagePullPolicy.ALWAYS },
  readiness: HealthCheck.http('/', { period: Duration.seconds(5) }),
  rollout: { maxSurge: PercentOrAbsolute.absolute(1) },
  security: PodSecurity.asImageUser(),
});

describe("the article's live Deployment, taken over", () => {
  let { deployment, podSpec, container, service, podDisruptionBudget }: Partial<Rendered> = {};
  beforeEach(() => {
    ({ deployment, podSpec, container, service, podDisruptionBudget } = render(articleProps()));
  });

  test('keeps its name and its immutable selector', () => {
    expect(deployment.metadata).toEqual({ name: 'myapp-deployment', labels: { app: 'myapp' } });
    expect(deployment.spec.selector).toEqual({ matchLabels: { app: 'myapp' } });
    expect(deployment.spec.template.metadata).toEqual({ labels: { app: 'myapp' } });
  });

  test('keeps its container, so that an apply merges into it, with an unnamed port', () => {
    expect(podSpec.containers).toHaveLength(1);
    expect(container).toMatchObject({
      name: 'myapp-container',
      image: 'jahongirr/myapp:1',
      imagePullPolicy: 'Always',
    });
    expect(container.ports).toEqual([{ containerPort: 80, protocol: 'TCP' }]);
  });

  test("has the article's readiness probe, by number as the port has no name", () => {
    expect(container.readinessProbe).toMatchObject({ httpGet: { path: '/', port: 80 }, periodSeconds: 5 });
    expect(container.startupProbe.httpGet.port).toBe(80);
  });

  test("has the article's rolling update", () => {
    expect(deployment.spec.strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
    });
  });

  test("keeps the article's Service, which finds old and new pods by number", () => {
    expect(service.metadata).toEqual({ name: 'myapp-deployment', labels: { app: 'myapp' } });
    expect(service.spec).toEqual({
      type: 'LoadBalancer',
      selector: { app: 'myapp' },
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
    });
  });

  test('gets a PodDisruptionBudget for the same pods', () => {
    expect(podDisruptionBudget.spec.selector).toEqual({ matchLabels: { app: 'myapp' } });
  });
});

describe('with selector labels', () => {
  const selectorLabels = { app: 'myapp' };

  test('the main port can have a name', () => {
    const named = render({ selectorLabels, portName: 'web' });
    expect(named.container.ports[0].name).toBe('web');
    expect(named.service.spec.ports).toEqual([{ name: 'web', port: 80, protocol: 'TCP', targetPort: 'web' }]);
  });

  test('the Service names the unnamed port as soon as it offers a second one', () => {
    const extraPorts = [{ name: 'tls', port: 8443, servicePort: 443 }];
    expect(render({ selectorLabels, extraPorts }).service.spec.ports).toEqual([
      { name: 'main', port: 80, protocol: 'TCP', targetPort: 8080 },
      { name: 'tls', port: 443, protocol: 'TCP', targetPort: 'tls' },
    ]);
  });

  test('the Service does not count ports that it does not offer', () => {
    const extraPorts = [{ name: 'metrics', port: 9090 }];
    expect(render({ selectorLabels, extraPorts }).service.spec.ports).toEqual([
      { port: 80, protocol: 'TCP', targetPort: 8080 },
    ]);
  });

  test('a strategy of the live Deployment that causes downtime is refused as everywhere', () => {
    const props = { selectorLabels, rollout: { strategy: DeploymentStrategy.recreate() } };
    expect(() => addWeb(newChart(), props)).toThrow('[chart/web] rollout.strategy = Recreate: ');
  });
});
