import { App, Chart, Duration, Size } from 'cdk8s';
import {
  Cpu,
  EnvValue,
  Namespaces,
  NodeTaintQuery,
  Secret,
  ServiceAccount,
  TaintEffect,
  Volume,
} from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { InitContainer, Sidecar } from 'cdk8s-zero-downtime';
import {
  Exposure,
  HealthCheck,
  Metrics,
  NetworkAccess,
  ProjectedSource,
  ProjectedVolume,
  ZeroDowntimeDeployment,
} from 'cdk8s-zero-downtime';

const VERSION = '2.7.1';
// The tag is for people, the digest for machines: every node runs the same bytes, also after a rollback.
const IMAGE = `registry.example.com/shop/orders:${VERSION}@sha256:8f3b0b5e7d0c4f1aa4a1d2c93c1f6e0b7d9e5a2c4b6f8091a3c5e7d9f1b3a5c7`;

class Orders extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    // Both made outside of this app, so that their values stand in no manifest; the certificate by cert-manager.
    const certificate = Secret.fromSecretName(this, 'certificate', 'orders-tls');
    const database = Secret.fromSecretName(this, 'database', 'orders-database');
    const env = { DATABASE_URL: EnvValue.fromSecretValue({ secret: database, key: 'url' }) };

    // It is there before the migration starts and until the application has ended.
    const databaseProxy: Sidecar = {
      name: 'database-proxy',
      image: 'registry.example.com/platform/database-proxy:2.14.1',
      args: ['--health-check', '--http-address=0.0.0.0', '--http-port=9801', 'shop:orders'],
      ports: [{ name: 'proxy-health', port: 9801 }],
      // Whether the proxy runs. Whether the database answers would take all pods out of service together.
      readiness: HealthCheck.http('/startup'),
      resources: { cpu: { request: Cpu.millis(50) }, memory: { request: Size.mebibytes(64) } },
    };

    // Runs in each new pod while old pods serve: it takes a lock, does nothing the second time, and only adds.
    const migrate: InitContainer = { name: 'migrate', image: IMAGE, args: ['migrate'], env };

    new ZeroDowntimeDeployment(this, 'orders', {
      image: IMAGE,
      args: ['serve'],
      env,
      resources: { cpu: { request: Cpu.millis(250) }, memory: { request: Size.mebibytes(256) } },
      replicas: 3,
      rollout: { revisionHistoryLimit: 5 },

      port: 8443,
      tls: { secret: certificate },
      extraPorts: [
        { name: 'grpc', port: 9000, servicePort: 9000, appProtocol: 'kubernetes.io/h2c' },
        // Without a servicePort: no Service offers it.
        { name: 'metrics', port: 9090 },
      ],
      readiness: HealthCheck.http('/ready'),
      metrics: Metrics.podMonitor({ interval: Duration.seconds(30), labels: { release: 'prometheus' } }),
      // The port without TLS is not for the load balancer.
      exposure: Exposure.loadBalancer({ portNames: ['https'] }),
      // Other services of the cluster do not go out through the load balancer and in again.
      furtherExposures: [Exposure.clusterIp({ serviceName: 'orders-internal' })],

      initContainers: [migrate],
      sidecars: [databaseProxy],
      // The kubelet evicts a pod that writes more than the limit.
      volumeMounts: [
        {
          path: '/var/cache/orders',
          volume: Volume.fromEmptyDir(this, 'cache', 'cache', { sizeLimit: Size.gibibytes(1) }),
        },
        // For whom the token is: nobody who gets it can use it for the Kubernetes API.
        { path: '/var/run/vault', volume: this.vaultToken(), readOnly: true },
      ],
      pod: {
        // 15 s of drain, 30 s for requests, 15 s for the proxy to close what it has.
        terminationGracePeriod: Duration.seconds(60),
        serviceAccount: new ServiceAccount(this, 'account', { metadata: { name: 'orders' } }),
        // The names of other hosts have dots, and are not looked for in the cluster first.
        dns: { options: { ndots: '2' } },
      },
      scheduling: {
        priorityClassName: 'shop-serving',
        nodeSelector: { 'example.com/pool': 'serving' },
        tolerations: [NodeTaintQuery.is('example.com/pool', 'serving', { effect: TaintEffect.NO_SCHEDULE })],
      },
      networkPolicy: NetworkAccess.toServicePorts({
        metricsPeers: [Namespaces.select(this, 'monitoring', { names: ['monitoring'] })],
      }),
      labels: {
        'app.kubernetes.io/version': VERSION,
        'app.kubernetes.io/component': 'api',
        'app.kubernetes.io/part-of': 'shop',
        'app.kubernetes.io/managed-by': 'cdk8s',
      },
    });
  }

  private vaultToken(): Volume {
    return ProjectedVolume.of(this, 'vault-token', [
      ProjectedSource.serviceAccountToken('token', { audience: 'vault' }),
    ]);
  }
}

const app = new App();
new Orders(app, 'orders');
app.synth();
