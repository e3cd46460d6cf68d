/** What differs between the Deployments of the recordings. */
interface Settings {
  readonly replicas: number;
  readonly maxSurge?: number | string;
  readonly maxUnavailable?: number | string;
  readonly recreate?: true;
  readonly minReadySeconds?: number;
  /** Seconds from the start of the container until it listens. */
  readonly startup: number;
  readonly preStop: number;
  readonly startupProbe?: { readonly periodSeconds: number };
  readonly readinessProbe: { readonly periodSeconds: number; readonly initialDelaySeconds?: number };
}

const everySecond = { periodSeconds: 1 };

/** The Deployments whose rollouts are recorded, by the name of the recording. */
export const RECORDED: Readonly<Record<string, Settings>> = {
  'one-pod': {
    replicas: 1,
    maxSurge: 1,
    maxUnavailable: 0,
    startup: 3,
    preStop: 5,
    startupProbe: everySecond,
    readinessProbe: { periodSeconds: 5 },
  },
  'two-pods-min-ready': {
    replicas: 2,
    maxSurge: 1,
    maxUnavailable: 0,
    minReadySeconds: 5,
    startup: 3,
    preStop: 0,
    readinessProbe: everySecond,
  },
  'three-pods-defaults': {
    replicas: 3,
    maxSurge: '25%',
    maxUnavailable: '25%',
    startup: 3,
    preStop: 5,
    readinessProbe: { periodSeconds: 5 },
  },
  'three-pods-slow-drain': {
    replicas: 3,
    maxSurge: 1,
    maxUnavailable: 1,
    startup: 10,
    preStop: 15,
    startupProbe: everySecond,
    readinessProbe: { periodSeconds: 5 },
  },
  'five-pods': {
    replicas: 5,
    maxSurge: 2,
    maxUnavailable: 1,
    startup: 3,
    preStop: 5,
    startupProbe: { periodSeconds: 2 },
    readinessProbe: { periodSeconds: 5 },
  },
  'five-pods-no-surge': {
    replicas: 5,
    maxSurge: 0,
    maxUnavailable: '25%',
    startup: 3,
    preStop: 0,
    readinessProbe: everySecond,
  },
  'six-pods-min-ready': {
    replicas: 6,
    maxSurge: '25%',
    maxUnavailable: '25%',
    minReadySeconds: 10,
    startup: 3,
    preStop: 5,
    startupProbe: everySecond,
    readinessProbe: { periodSeconds: 5 },
  },
  'ten-pods': {
    replicas: 10,
    maxSurge: '25%',
    maxUnavailable: 0,
    startup: 10,
    preStop: 5,
    startupProbe: everySecond,
    readinessProbe: { periodSeconds: 5 },
  },
  'ten-pods-half': {
    replicas: 10,
    maxSurge: '50%',
    maxUnavailable: 0,
    startup: 10,
    preStop: 15,
    startupProbe: everySecond,
    readinessProbe: { periodSeconds: 5 },
  },
  'delayed-readiness': {
    replicas: 2,
    maxSurge: 1,
    maxUnavailable: 0,
    startup: 3,
    preStop: 0,
    readinessProbe: { periodSeconds: 10, initialDelaySeconds: 5 },
  },
  recreate: {
    replicas: 3,
    recreate: true,
    startup: 10,
    preStop: 5,
    startupProbe: everySecond,
    readinessProbe: { periodSeconds: 5 },
  },
};

/** The name of every recorded Deployment, each of which is in its own namespace. */
export const NAME = 'web';

/** A Deployment with some settings that runs a version of the test application, which exits at once at SIGTERM. */
export function deploymentWith(settings: Settings, version: '1.4.2' | '1.5.0') {
  const { replicas, maxSurge, maxUnavailable, minReadySeconds, startup, preStop } = settings;
  const httpGet = { path: '/readyz', port: 8080 };
  const labels = { app: NAME };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: NAME },
    spec: {
      replicas,
      ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
      strategy: settings.recreate
        ? { type: 'Recreate' }
        : { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'main',
              image: `registry.example.com/shop/web:${version}`,
              env: [{ name: 'START_DELAY', value: `${startup}s` }],
              ports: [{ containerPort: 8080 }],
              resources: { requests: { cpu: '5m', memory: '16Mi' } },
              ...(settings.startupProbe && {
                startupProbe: { httpGet, ...settings.startupProbe, failureThreshold: 60 },
              }),
              readinessProbe: { httpGet, ...settings.readinessProbe },
              ...(preStop > 0 && { lifecycle: { preStop: { sleep: { seconds: preStop } } } }),
            },
          ],
        },
      },
    },
  };
}
