import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

/** What the article adds to its first Deployment to make it "zero downtime". */
interface Fix {
  readonly readinessProbe?: k8s.Probe;
  readonly strategy?: k8s.DeploymentStrategy;
}

const naive: Fix = {};
const fixed: Fix = {
  readinessProbe: {
    httpGet: { path: '/', port: k8s.IntOrString.fromNumber(80) },
    initialDelaySeconds: 5,
    periodSeconds: 5,
    successThreshold: 1,
  },
  strategy: {
    type: 'RollingUpdate',
    rollingUpdate: {
      maxUnavailable: k8s.IntOrString.fromNumber(0),
      maxSurge: k8s.IntOrString.fromNumber(1),
    },
  },
};

class Article extends Chart {
  constructor(scope: Construct, id: string, version: string, { readinessProbe, strategy }: Fix) {
    super(scope, id);
    const labels = { app: 'myapp' };
    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name: 'myapp-deployment' },
      spec: {
        selector: { matchLabels: labels },
        strategy,
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: 'myapp-container',
                image: `jahongirr/myapp:${version}`,
                imagePullPolicy: 'Always',
                ports: [{ containerPort: 80, protocol: 'TCP' }],
                readinessProbe,
              },
            ],
          },
        },
      },
    });
    // kubectl expose deployment/myapp-deployment --type=LoadBalancer --port 80
    new k8s.KubeService(this, 'service', {
      metadata: { name: 'myapp-deployment' },
      spec: {
        type: 'LoadBalancer',
        selector: labels,
        ports: [{ port: 80, protocol: 'TCP', targetPort: k8s.IntOrString.fromNumber(80) }],
      },
    });
  }
}

for (const version of ['1', '2']) {
  for (const [name, fix] of Object.entries({ naive, fixed })) {
    const app = new App();
    new Article(app, `${name}-v${version}`, version, fix);
    app.synth();
  }
}
