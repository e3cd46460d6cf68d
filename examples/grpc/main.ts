import { App, Chart, Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { Exposure, HealthCheck, ZeroDowntimeDeployment } from 'cdk8s-zero-downtime';

class Quotes extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    new ZeroDowntimeDeployment(this, 'quotes', {
      image: 'registry.example.com/shop/quotes:3.0.4',
      port: 50051,
      portName: 'grpc',
      exposure: Exposure.loadBalancer({
        servicePort: 50051,
        // gRPC without TLS; gateways and ingress controllers then speak HTTP/2 to the pods.
        appProtocol: 'kubernetes.io/h2c',
      }),
      readiness: HealthCheck.grpc(),
      // The longest call, with which the server ends after it has told its clients to go elsewhere.
      shutdownBudget: Duration.minutes(1),
    });
  }
}

const app = new App();
new Quotes(app, 'quotes');
app.synth();
