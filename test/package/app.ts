import { App, Chart, Duration } from 'cdk8s';
import { EnvValue, PercentOrAbsolute } from 'cdk8s-plus-27';
import { Drain, HealthCheck, ZeroDowntimeDeployment } from 'cdk8s-zero-downtime';

const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });

const web = new ZeroDowntimeDeployment(chart, 'web', {
  image: 'registry.example.com/shop/web:1.4.2',
  port: 8080,
  extraPorts: [{ name: 'metrics', port: 9090 }],
  env: { GREETING: EnvValue.fromValue('hello') },
  readiness: HealthCheck.http('/ready', { period: Duration.seconds(2) }),
  drain: Drain.sleep(Duration.seconds(20)),
  rollout: { maxSurge: PercentOrAbsolute.absolute(1) },
});

web.service.metadata.addAnnotation('example.com/owner', 'shop');

app.synth();
