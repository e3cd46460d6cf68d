import { App, Chart } from 'cdk8s';
import { ImagePullPolicy } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { ZeroDowntimeDeployment } from 'cdk8s-zero-downtime';

class MyApp extends Chart {
  constructor(scope: Construct, id: string, version: string) {
    super(scope, id);
    new ZeroDowntimeDeployment(this, 'myapp', {
      // The names that the article's Deployment already has on the cluster.
      name: 'myapp-deployment',
      selectorLabels: { app: 'myapp' },
      container: { name: 'myapp-container', imagePullPolicy: ImagePullPolicy.ALWAYS },
      image: `jahongirr/myapp:${version}`,
      port: 80,
    });
  }
}

// One App for each version: both have the same names, and only one of them is on a cluster at a time.
for (const version of ['1', '2']) {
  const app = new App();
  new MyApp(app, `myapp-v${version}`, version);
  app.synth();
}
