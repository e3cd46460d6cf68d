import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Config, ZeroDowntimeDeployment } from 'cdk8s-zero-downtime';

class MyApp extends Chart {
  constructor(scope: Construct, id: string, version: string) {
    super(scope, id);
    new ZeroDowntimeDeployment(this, 'myapp', {
      image: 'jahongirr/myapp:1',
      port: 80,
      config: [
        Config.env({ VERSION: version }),
        Config.files('/etc/myapp', { 'greeting.txt': `Welcome to version ${version}.\n` }),
      ],
    });
  }
}

// One App for each version: both have the same names, and only one of them is on a cluster at a time.
for (const version of ['1', '2']) {
  const app = new App();
  new MyApp(app, `config-v${version}`, version);
  app.synth();
}
