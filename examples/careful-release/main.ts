import { App, Chart, Duration } from 'cdk8s';
import { ImagePullPolicy } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { Drain, HealthCheck, ZeroDowntimeDeployment } from 'cdk8s-zero-downtime';

class CarefulRelease extends Chart {
  constructor(scope: Construct, id: string, version: string) {
    super(scope, id);
    new ZeroDowntimeDeployment(this, 'myapp', {
      name: 'myapp',
      image: `jahongirr/myapp:${version}`,
      container: { imagePullPolicy: ImagePullPolicy.ALWAYS },
      port: 80,
      // It starts in 20 s; a bad version has 10 s more to crash without a request.
      readiness: HealthCheck.http('/', { initialDelay: Duration.seconds(30) }),
      // An outage of the API server of half a minute, and a minute until every node has asked it again.
      drain: Drain.sleep(Duration.seconds(100)),
    });
  }
}

// One App for each version: both have the same names, and only one of them is on a cluster at a time.
for (const version of ['1', '2']) {
  const app = new App();
  new CarefulRelease(app, `careful-v${version}`, version);
  app.synth();
}
