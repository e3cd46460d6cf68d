import { App, Chart, Duration } from 'cdk8s';
import { Namespace } from 'cdk8s-plus-27';
import { AwsTargetType, Exposure, ExternalTrafficPolicy, ZeroDowntimeDeployment } from 'cdk8s-zero-downtime';

// The nodes keep the addresses of clients. Without it, the pods do not depend on the load balancer's timing.
const externalTrafficPolicy = ExternalTrafficPolicy.LOCAL;

/** The same service on one cluster after the other. */
function write(id: string, exposure: Exposure): void {
  const app = new App();
  new ZeroDowntimeDeployment(new Chart(app, id), 'web', {
    image: 'registry.example.com/shop/web:1.4.2',
    port: 8080,
    exposure,
  });
  app.synth();
}

write('aws-nlb-ip', Exposure.awsNlb({ targetType: AwsTargetType.IP }));
write('aws-nlb-instance', Exposure.awsNlb({ targetType: AwsTargetType.INSTANCE, externalTrafficPolicy }));
write('gke', Exposure.gke({ externalTrafficPolicy }));
write('azure', Exposure.azure({ externalTrafficPolicy }));
write('digital-ocean', Exposure.digitalOcean({ externalTrafficPolicy }));
write('metal-lb', Exposure.metalLb({ addressPool: 'public', externalTrafficPolicy }));
write('kube-vip', Exposure.kubeVip({ addresses: ['192.0.2.10'], externalTrafficPolicy }));
write('cluster-ip', Exposure.clusterIp());
write('ingress', Exposure.ingress({ ingressClassName: 'nginx', hostnames: ['shop.example.com'] }));
write('http-route', Exposure.httpRoute({ gateway: 'public', hostnames: ['shop.example.com'] }));

// An Application Load Balancer of AWS: its controller makes it from an Ingress, and it takes a minute to let a pod go.
write(
  'aws-alb',
  Exposure.ingress({
    ingressClassName: 'alb',
    hostnames: ['shop.example.com'],
    ingressAnnotations: { 'alb.ingress.kubernetes.io/target-type': 'ip' },
    removalTime: Duration.seconds(55),
    additionTime: Duration.seconds(60),
  }),
);

// In a labelled namespace, the new pods of a rollout are ready only when the load balancer sends to them.
const app = new App();
const shop = new Chart(app, 'aws-nlb-ip-readiness-gate', { namespace: 'shop' });
new Namespace(shop, 'namespace', {
  metadata: { name: 'shop', labels: { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' } },
});
new ZeroDowntimeDeployment(shop, 'web', {
  image: 'registry.example.com/shop/web:1.4.2',
  port: 8080,
  exposure: Exposure.awsNlb({ targetType: AwsTargetType.IP, readinessGate: true }),
});
app.synth();
