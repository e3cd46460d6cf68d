import { beforeEach, describe, expect, test } from 'vitest';
import { addWeb, newChart, render, type Rendered, yamlOf } from './helpers';

let { deployment, podSpec, container, service, podDisruptionBudget }: Partial<Rendered> = {};
beforeEach(() => {
  ({ deployment, podSpec, container, service, podDisruptionBudget } = render());
});
const LABELS = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'web' };

describe('with an image and a port alone', () => {
  test('there are a Deployment, a Service and a PodDisruptionBudget, and nothing else', () => {
    const chart = newChart();
    addWeb(chart);
    expect(yamlOf(chart).map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
      'apps/v1 Deployment',
      'v1 Service',
      'policy/v1 PodDisruptionBudget',
    ]);
  });

  describe('names and labels', () => {
    test('all objects have the id as their name', () => {
      expect(deployment.metadata.name).toBe('web');
      expect(service.metadata.name).toBe('web');
      expect(podDisruptionBudget.metadata.name).toBe('web');
    });

    test('the namespace is that of the chart', () => {
      const chart = newChart('shop');
      addWeb(chart);
      expect(yamlOf(chart).map(({ metadata }) => metadata.namespace)).toEqual(['shop', 'shop', 'shop']);
    });

    test('pods are selected by name and instance and by no hash of the construct path', () => {
      expect(deployment.spec.selector).toEqual({ matchLabels: LABELS });
      expect(service.spec.selector).toEqual(LABELS);
      expect(podDisruptionBudget.spec.selector).toEqual({ matchLabels: LABELS });
      expect(deployment.spec.template.metadata.labels).toEqual(LABELS);
    });

    test('every object has the labels too, and no annotations', () => {
      expect(deployment.metadata).toEqual({ name: 'web', labels: LABELS });
      expect(service.metadata).toEqual({ name: 'web', labels: LABELS });
      expect(podDisruptionBudget.metadata).toEqual({ name: 'web', labels: LABELS });
    });

    test('the container is called main', () => {
      expect(container.name).toBe('main');
    });
  });

  describe('a rollout', () => {
    test('two pods serve, so that one node can go', () => {
      expect(deployment.spec.replicas).toBe(2);
    });

    test('takes no old pod away before a new one serves', () => {
      expect(deployment.spec.strategy).toEqual({
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 },
      });
    });

    test('is reported as failed only after start-up budget and five minutes to schedule and pull', () => {
      expect(deployment.spec.progressDeadlineSeconds).toBe(600);
    });

    test("goes on as soon as a pod is ready, and keeps Kubernetes' own number of old revisions", () => {
      expect(deployment.spec).not.toHaveProperty('minReadySeconds');
      expect(deployment.spec).not.toHaveProperty('revisionHistoryLimit');
    });
  });

  describe('starting', () => {
    test('the start-up probe asks every second for five minutes', () => {
      expect(container.startupProbe).toEqual({
        httpGet: { path: '/', port: 'http' },
        periodSeconds: 1,
        timeoutSeconds: 5,
        failureThreshold: 300,
      });
    });

    test('the readiness probe asks / every 5 s and takes a pod out of service after 3 failures', () => {
      expect(container.readinessProbe).toEqual({
        httpGet: { path: '/', port: 'http' },
        periodSeconds: 5,
        timeoutSeconds: 5,
        failureThreshold: 3,
      });
    });

    test('no liveness probe restarts pods under overload', () => {
      expect(container).not.toHaveProperty('livenessProbe');
    });
  });

  describe('stopping', () => {
    test('a pod serves for 15 s more, by the sleep of the kubelet', () => {
      expect(container.lifecycle).toEqual({ preStop: { sleep: { seconds: 15 } } });
    });

    test('the grace period has room for the drain and 30 s of shutdown', () => {
      expect(podSpec.terminationGracePeriodSeconds).toBe(45);
    });

    test('an eviction takes one pod at a time, and an unhealthy pod holds up no drain', () => {
      expect(podDisruptionBudget.spec).toMatchObject({
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      });
    });

    test('pods of a revision spread over hosts and zones, but start where there is room', () => {
      const spread = {
        maxSkew: 1,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: LABELS },
        matchLabelKeys: ['pod-template-hash'],
      };
      expect(podSpec.topologySpreadConstraints).toEqual([
        { ...spread, topologyKey: 'kubernetes.io/hostname' },
        { ...spread, topologyKey: 'topology.kubernetes.io/zone' },
      ]);
    });

    test('pods of a revision keep to different hosts where nodes have no zone, which stops the spreading', () => {
      expect(podSpec.affinity).toEqual({
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 100,
              podAffinityTerm: {
                topologyKey: 'kubernetes.io/hostname',
                labelSelector: { matchLabels: LABELS },
                matchLabelKeys: ['pod-template-hash'],
              },
            },
          ],
        },
      });
    });
  });

  describe('the container', () => {
    test('has the image, pulled where it is missing, with its own program', () => {
      expect(container).toMatchObject({
        image: 'registry.example.com/web:1.4.2',
        imagePullPolicy: 'IfNotPresent',
      });
      for (const field of ['command', 'args', 'workingDir', 'env', 'envFrom']) {
        expect(container).not.toHaveProperty(field);
      }
    });

    test('asks for little, and has no limit that could kill it', () => {
      expect(container.resources).toEqual({ requests: { cpu: '100m', memory: '128Mi' } });
    });

    test('has a named port', () => {
      expect(container.ports).toEqual([{ name: 'http', containerPort: 8080, protocol: 'TCP' }]);
    });
  });

  describe('security', () => {
    test('the pod fulfils the restricted Pod Security Standard', () => {
      expect(podSpec.securityContext).toEqual({
        runAsNonRoot: true,
        runAsUser: 10001,
        runAsGroup: 10001,
        fsGroup: 10001,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
      });
    });

    test('the pod gets no token for the Kubernetes API, and no service account or registry secret', () => {
      expect(podSpec.automountServiceAccountToken).toBe(false);
      expect(podSpec).not.toHaveProperty('serviceAccountName');
      expect(podSpec).not.toHaveProperty('imagePullSecrets');
    });

    test('only /tmp is writable', () => {
      expect(container.volumeMounts).toEqual([{ mountPath: '/tmp', name: 'tmp' }]);
      expect(podSpec.volumes).toEqual([{ name: 'tmp', emptyDir: {} }]);
    });

    test.each([1, 80, 1023])('a user that is not root may listen on port %i', (port) => {
      expect(render({ port }).podSpec.securityContext.sysctls).toEqual([
        { name: 'net.ipv4.ip_unprivileged_port_start', value: String(port) },
      ]);
    });

    test('a user that is not root may listen on the lowest of several ports', () => {
      const extraPorts = [
        { name: 'dns', port: 53 },
        { name: 'tls', port: 443 },
      ];
      expect(render({ port: 80, extraPorts }).podSpec.securityContext.sysctls[0].value).toBe('53');
    });

    test('ports from 1024 on need no sysctl', () => {
      expect(render({ port: 1024 }).podSpec.securityContext).not.toHaveProperty('sysctls');
    });
  });

  describe('the Service', () => {
    test('is a LoadBalancer on port 80 that finds the port of the pods by its name', () => {
      expect(service.spec).toEqual({
        type: 'LoadBalancer',
        selector: LABELS,
        ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'http' }],
      });
    });
  });

  test('the Deployment spells out nothing that the API server fills in by itself', () => {
    for (const field of ['dnsPolicy', 'hostNetwork', 'restartPolicy', 'setHostnameAsFQDN']) {
      expect(podSpec).not.toHaveProperty(field);
    }
  });
});
