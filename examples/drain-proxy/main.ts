import { App, Chart } from 'cdk8s';
import { ImagePullPolicy } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { DrainProxy, Exposure, ZeroDowntimeDeployment } from 'cdk8s-zero-downtime';

class DrainProxyExample extends Chart {
  constructor(scope: Construct, id: string, version: string) {
    super(scope, id);
    new ZeroDowntimeDeployment(this, 'myapp', {
      image: `jahongirr/myapp:${version}`,
      container: { imagePullPolicy: ImagePullPolicy.ALWAYS },
      port: 80,
      // The application exits at once on SIGTERM; its clients keep their connections.
      drainProxy: DrainProxy.haproxy(),
    });
  }
}

/** An application that speaks HTTP/2 without TLS, as gRPC does. */
class DrainProxyHttp2Example extends Chart {
  constructor(scope: Construct, id: string, version: string) {
    super(scope, id);
    new ZeroDowntimeDeployment(this, 'myapp', {
      image: `jahongirr/myapp:${version}`,
      container: { imagePullPolicy: ImagePullPolicy.ALWAYS },
      port: 80,
      drainProxy: DrainProxy.haproxy({ http2: true }),
      exposure: Exposure.loadBalancer({
        // Gateways and ingress controllers then speak HTTP/2 to the proxy.
        appProtocol: 'kubernetes.io/h2c',
      }),
    });
  }
}

// One App for each: they have the same names, and only one of them is on a cluster at a time.
for (const version of ['1', '2']) {
  const app = new App();
  new DrainProxyExample(app, `drain-proxy-v${version}`, version);
  app.synth();

  const http2App = new App();
  new DrainProxyHttp2Example(http2App, `drain-proxy-http2-v${version}`, version);
  http2App.synth();
}
