import { App, Chart, Size } from 'cdk8s';
import {
  ConfigMap,
  Cpu,
  Env,
  EnvValue,
  HorizontalPodAutoscaler,
  Ingress,
  IngressBackend,
  Metric,
  MetricTarget,
  Secret,
} from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { Exposure, HealthCheck, ZeroDowntimeDeployment } from 'cdk8s-zero-downtime';

class NodeWeb extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'shop' });

    // Give it a new name with each change: pods then roll, and a rollback finds the old values.
    const config = new ConfigMap(this, 'config', {
      metadata: { name: 'web-config-1' },
      immutable: true,
      data: { LOG_LEVEL: 'info', CATALOG_URL: 'http://catalog' },
    });
    // Made outside of this app, so that its value stands in no manifest.
    const database = Secret.fromSecretName(this, 'database', 'web-database');

    const web = new ZeroDowntimeDeployment(this, 'web', {
      image: 'registry.example.com/shop/web:1.4.2',
      port: 8080,
      readiness: HealthCheck.http('/ready'),
      envFrom: [Env.fromConfigMap(config)],
      env: { DATABASE_URL: EnvValue.fromSecretValue({ secret: database, key: 'url' }) },
      resources: { cpu: { request: Cpu.millis(250) }, memory: { request: Size.mebibytes(256) } },
      exposure: Exposure.clusterIp(),
    });

    new HorizontalPodAutoscaler(this, 'autoscaler', {
      metadata: { name: 'web' },
      target: web.deployment,
      minReplicas: 3,
      maxReplicas: 12,
      metrics: [Metric.resourceCpu(MetricTarget.averageUtilization(70))],
    });

    const ingress = new Ingress(this, 'ingress', { metadata: { name: 'web' } });
    ingress.addHostRule('shop.example.com', '/', IngressBackend.fromService(web.service));
  }
}

const app = new App();
new NodeWeb(app, 'node-web');
app.synth();
