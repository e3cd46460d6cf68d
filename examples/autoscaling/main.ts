import { App, Chart, Size } from 'cdk8s';
import { Cpu, ImagePullPolicy } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { ZeroDowntimeDeploymentProps } from 'cdk8s-zero-downtime';
import { ZeroDowntimeDeployment } from 'cdk8s-zero-downtime';

type NumberOfPods = Pick<ZeroDowntimeDeploymentProps, 'replicas' | 'autoscaling'>;

class MyApp extends Chart {
  constructor(scope: Construct, id: string, version: string, pods: NumberOfPods) {
    super(scope, id);
    new ZeroDowntimeDeployment(this, 'myapp', {
      image: `jahongirr/myapp:${version}`,
      container: { imagePullPolicy: ImagePullPolicy.ALWAYS },
      port: 80,
      // What one pod uses when it is busy: the autoscaler aims at 70 % of the CPU.
      resources: { cpu: { request: Cpu.millis(100) }, memory: { request: Size.mebibytes(64) } },
      ...pods,
    });
  }
}

/** One App for each: all have the same names, and only one of them is on a cluster at a time. */
function synth(id: string, version: string, pods: NumberOfPods): void {
  const app = new App();
  new MyApp(app, id, version, pods);
  app.synth();
}

// How it was, and with as many pods at least when the autoscaler takes over.
synth('fixed', '1', { replicas: 4 });
const autoscaling = { minReplicas: 4, maxReplicas: 8 };
synth('autoscaled-v1', '1', { autoscaling });
synth('autoscaled-v2', '2', { autoscaling });
