import { App, Chart } from 'cdk8s';
import { EnvValue, ImagePullPolicy, Secret } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { HealthCheck, NetworkAccess, ZeroDowntimeDeployment } from 'cdk8s-zero-downtime';

class HttpsExample extends Chart {
  constructor(scope: Construct, id: string, version: string) {
    super(scope, id);
    const image = `jahongirr/myapp:${version}`;
    new ZeroDowntimeDeployment(this, 'myapp', {
      image,
      container: { imagePullPolicy: ImagePullPolicy.ALWAYS },
      port: 8443,
      tls: {
        // Made outside of this app, by cert-manager or by hand.
        secret: Secret.fromSecretName(this, 'certificate', 'myapp-tls'),
      },
      env: { PORT: EnvValue.fromValue('8443'), TLS_FOLDER: EnvValue.fromValue('/etc/tls') },

      // Runs in each new pod while old ones serve.
      initContainers: [{ name: 'migrate', image, args: ['migrate'] }],
      // It is there before the migration starts and until the application has ended.
      sidecars: [
        {
          name: 'proxy',
          image: 'jahongirr/myapp:1',
          ports: [{ name: 'proxy', port: 9100 }],
          env: {
            PORT: EnvValue.fromValue('9100'),
            START_DELAY: EnvValue.fromValue('1s'),
          },
          readiness: HealthCheck.http('/readyz'),
        },
      ],
      networkPolicy: NetworkAccess.toServicePorts(),
    });
  }
}

// One App for each version: they have the same names, and only one of them is on a cluster at a time.
for (const version of ['1', '2']) {
  const app = new App();
  new HttpsExample(app, `https-v${version}`, version);
  app.synth();
}
