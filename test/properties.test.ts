import { App, Chart } from 'cdk8s';
import { Env, EnvValue, Secret, Volume } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { ZeroDowntimeDeployment, type ZeroDowntimeDeploymentProps } from '../src';
import {
  acceptable,
  anything,
  type Asked,
  needs,
  readBack,
  readyTime,
  type Rendered,
  toProps,
} from './arbitraries';
import { type Manifest, messageOf, REFUSAL } from './helpers';
import { FAULTS, placesIn, withFault } from './faults';
import { constructProps } from './support/props';
import { numRuns, SEED } from './support/random';

const NUM_RUNS = numRuns(20);

/** YAML as kubectl reads it, which follows version 1.1. */
function parse(yaml: string): Manifest[] {
  return parseAllDocuments(yaml, { version: '1.1' }).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });
}

/** What a function made of the props: with one seed each property sees the same ones. */
function once<T>(make: (asked: Asked) => T): (asked: Asked) => T {
  const made = new Map<string, T>();
  return (asked) => {
    const key = fc.stringify(asked);
    const result = made.get(key) ?? make(asked);
    made.set(key, result);
    return result;
  };
}

/** The YAML of the props, or of what they are changed to. */
function yamlOf(asked: Asked, change: (props: object) => object = (props) => props): string {
  const chart = new Chart(new App(), 'chart');
  new ZeroDowntimeDeployment(chart, 'web', change(toProps(chart, asked)) as ZeroDowntimeDeploymentProps);
  return App.of(chart).synthYaml();
}

const yamlOnce = once((asked) => yamlOf(asked));

const render = once((asked): Rendered => {
  const objects = parse(yamlOnce(asked));
  const ofKind = (kind: string) => objects.find((object) => object.kind === kind);
  const [service, ...furtherServices] = objects.filter(({ kind }) => kind === 'Service');
  return {
    deployment: ofKind('Deployment'),
    service,
    furtherServices,
    pdb: ofKind('PodDisruptionBudget'),
    hpa: ofKind('HorizontalPodAutoscaler'),
    networkPolicy: ofKind('NetworkPolicy'),
    monitor: ofKind('PodMonitor') ?? ofKind('ServiceMonitor'),
    configMaps: objects.filter(({ kind }) => kind === 'ConfigMap'),
  };
});

/** Holds for every acceptable combination of props. */
function holdsForAll(check: (rendered: Rendered, asked: Asked) => void): void {
  fc.assert(
    fc.property(acceptable, (asked) => check(render(asked), asked)),
    { seed: SEED, numRuns: NUM_RUNS },
  );
}

const isContained = (part: Record<string, string>, whole: Record<string, string>) =>
  Object.entries(part).every(([key, value]) => whole[key] === value);

describe(`every combination of props that does not contradict the promise (seed ${SEED})`, () => {
  test('is accepted, and every value asked for stands at its field', () => {
    holdsForAll((rendered, asked) => {
      const found = readBack(rendered, asked);
      const comparable = Object.entries(asked).filter(([prop]) => prop in found);
      expect(Object.fromEntries(comparable.map(([prop]) => [prop, found[prop as keyof Asked]]))).toEqual(
        Object.fromEntries(comparable),
      );
    });
  });

  test('has one selector everywhere, which the pods fulfil', () => {
    holdsForAll(({ deployment, service, furtherServices, pdb, networkPolicy, monitor }) => {
      const { matchLabels } = deployment.spec.selector;
      expect(monitor?.spec.selector ?? { matchLabels }).toEqual({ matchLabels });
      expect(networkPolicy?.spec.podSelector ?? { matchLabels }).toEqual({ matchLabels });
      expect(deployment.spec.selector).toEqual({ matchLabels });
      for (const { spec } of [service, ...furtherServices]) {
        expect(spec.selector).toEqual(matchLabels);
      }
      expect(pdb.spec.selector).toEqual({ matchLabels });
      const { topologySpreadConstraints, affinity } = deployment.spec.template.spec;
      const { preferredDuringSchedulingIgnoredDuringExecution: preferred = [] } =
        affinity?.podAntiAffinity ?? {};
      const terms = preferred.map(({ podAffinityTerm }: Manifest) => podAffinityTerm);
      for (const spread of [...topologySpreadConstraints, ...terms]) {
        expect(spread.labelSelector).toEqual({ matchLabels });
      }
      expect(isContained(matchLabels, deployment.spec.template.metadata.labels)).toBe(true);
    });
  });

  test('leaves the application its shutdown budget after the drain', () => {
    holdsForAll(({ deployment }, asked) => {
      const { terminationGracePeriodSeconds, containers } = deployment.spec.template.spec;
      const { sleep, exec } = containers[0].lifecycle.preStop;
      const drain = sleep?.seconds ?? Number(exec.command[1]);
      expect(drain).toBeGreaterThan(0);
      expect(terminationGracePeriodSeconds - drain).toBeGreaterThanOrEqual(asked.shutdownBudget ?? 30);
    });
  });

  test('serves for as long as its exposure sends to a pod, and waits until it sends to a new one', () => {
    holdsForAll(({ deployment }, asked) => {
      const { terminationGracePeriodSeconds, containers } = deployment.spec.template.spec;
      const { sleep, exec } = containers[0].lifecycle.preStop;
      const needed = needs(asked);
      expect(sleep?.seconds ?? Number(exec.command[1])).toBe(asked.drain?.seconds ?? needed.drain);
      expect(deployment.spec.minReadySeconds ?? 0).toBe(asked.minReady ?? needed.minReady);
      expect(terminationGracePeriodSeconds).toBeGreaterThanOrEqual(needed.gracePeriod);
    });
  });

  test('takes no pod away before another one serves', () => {
    holdsForAll(({ deployment }) => {
      const { type, rollingUpdate } = deployment.spec.strategy;
      expect(type).toBe('RollingUpdate');
      expect(rollingUpdate.maxUnavailable).toBe(0);
      expect(parseInt(rollingUpdate.maxSurge)).toBeGreaterThan(0);
    });
  });

  test('gives the application its start-up budget, and the rollout longer', () => {
    holdsForAll(({ deployment }, asked) => {
      const { startupProbe, readinessProbe } = deployment.spec.template.spec.containers[0];
      const budget = asked.startupBudget ?? 300;
      expect(startupProbe.periodSeconds * startupProbe.failureThreshold).toBeGreaterThanOrEqual(budget);
      expect(startupProbe.timeoutSeconds).toBe(readinessProbe.timeoutSeconds);
      expect(deployment.spec.progressDeadlineSeconds).toBeGreaterThan(
        readyTime(asked) + (asked.minReady ?? needs(asked).minReady),
      );
    });
  });

  test('gives every container the restricted rights, and starts sidecars before init containers', () => {
    holdsForAll(({ deployment }, asked) => {
      const { containers, initContainers: all = [] } = deployment.spec.template.spec;
      const initContainers = all.filter(({ name }: Manifest) => name !== 'drain-proxy');
      const expected = asked.security === 'image user' ? undefined : { drop: ['ALL'] };
      for (const { securityContext } of [...containers, ...initContainers]) {
        expect(securityContext.allowPrivilegeEscalation).toBe(false);
        expect(securityContext.capabilities).toEqual(expected);
      }
      expect(initContainers.map(({ name }: Manifest) => name)).toEqual(
        [...(asked.sidecars ?? []), ...(asked.initContainers ?? [])].map(({ name }) => name),
      );
    });
  });

  test('keeps at least one pod through a node drain', () => {
    holdsForAll(({ deployment, pdb, hpa }) => {
      const { maxUnavailable } = pdb.spec;
      const replicas = hpa?.spec.minReplicas ?? deployment.spec.replicas;
      const taken =
        typeof maxUnavailable === 'number'
          ? maxUnavailable
          : Math.ceil((parseInt(maxUnavailable) / 100) * replicas);
      expect(taken).toBeLessThan(replicas);
    });
  });

  test('says in one place how many pods there are, and keeps to it while a rollout hides load', () => {
    holdsForAll(({ deployment, hpa }) => {
      expect('replicas' in deployment.spec).toBe(hpa === undefined);
      expect(hpa?.spec.scaleTargetRef.name ?? deployment.metadata.name).toBe(deployment.metadata.name);
      expect(hpa?.spec.behavior.scaleDown.stabilizationWindowSeconds ?? 300).toBeGreaterThanOrEqual(300);
    });
  });

  test('has ports and probes that the Service and the kubelet can find', () => {
    holdsForAll(({ deployment, service, furtherServices, networkPolicy }, { drainProxy }) => {
      const { containers, initContainers = [] } = deployment.spec.template.spec;
      const inPods: Manifest[] = [...containers, ...initContainers].flatMap(({ ports = [] }) => ports);
      const known = [
        ...inPods.filter(({ name }) => name !== undefined).map(({ name, protocol }) => `${name} ${protocol}`),
        ...inPods.map(({ containerPort, protocol }) => `${containerPort} ${protocol}`),
      ];
      expect(new Set(known).size).toBe(known.length);
      const services = [service, ...furtherServices];
      for (const { spec } of services) {
        const names = spec.ports.map(({ name }: Manifest) => name);
        expect(new Set(names).size).toBe(names.length);
        const numbers = spec.ports.map(({ port }: Manifest) => port);
        expect(new Set(numbers).size).toBe(numbers.length);
      }
      const targets: string[] = services.flatMap(({ spec }) =>
        spec.ports.map(({ targetPort, protocol }: Manifest) => `${targetPort} ${protocol}`),
      );
      expect(known).toEqual(expect.arrayContaining(targets));
      // The proxy's port stands there by number, too.
      const allowed = new Set(targets).size + (drainProxy ? 1 : 0);
      expect(networkPolicy?.spec.ingress[0].ports ?? []).toHaveLength(networkPolicy ? allowed : 0);
    });
  });

  test('lets in who reads the metrics, at the port where they look for them', () => {
    let restricted = 0;
    holdsForAll(({ deployment, networkPolicy, monitor }, { metrics, networkPolicy: access }) => {
      if (!metrics || !networkPolicy) {
        return;
      }
      const [endpoint] = monitor?.spec.podMetricsEndpoints ?? monitor?.spec.endpoints ?? [{}];
      const { annotations } = deployment.spec.template.metadata;
      const asked = endpoint.port ?? endpoint.portNumber ?? Number(annotations['prometheus.io/port']);
      const { containers, initContainers = [] } = deployment.spec.template.spec;
      const inPods: Manifest[] = [...containers, ...initContainers].flatMap(({ ports = [] }) => ports);
      const { name, containerPort } = inPods.find((port) => [port.name, port.containerPort].includes(asked));
      const open: Manifest[] = networkPolicy.spec.ingress
        .slice(access === 'everyone' ? 0 : 1)
        .flatMap(({ ports }: Manifest) => ports);
      expect(open.map(({ port }) => port).filter((port) => [name, containerPort].includes(port))).not.toEqual(
        [],
      );
      restricted += 1;
    });
    expect(restricted).toBeGreaterThan(0);
  });

  test('is the same wherever the construct stands in the tree', () => {
    const place = (asked: Asked, namespace: string, ...path: string[]): string => {
      const [chartId, ...parents] = path;
      const chart = new Chart(new App(), chartId, { namespace });
      const parent = parents.reduce<Construct>((scope, id) => new Construct(scope, id), chart);
      new ZeroDowntimeDeployment(parent, 'web', toProps(parent, asked));
      return App.of(chart).synthYaml();
    };
    fc.assert(
      fc.property(
        acceptable,
        fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 2 }),
        (asked, path) => {
          expect(place(asked, 'shop', ...path)).toBe(place(asked, 'shop', 'chart'));
        },
      ),
      { seed: SEED, numRuns: NUM_RUNS },
    );
  });

  test('changes nothing with the id of the construct where a name is given', () => {
    fc.assert(
      fc.property(acceptable, fc.stringMatching(/^[A-Z][a-z]{0,7}$/), (asked, id) => {
        const yamlWithId = (constructId: string) => {
          const chart = new Chart(new App(), 'chart');
          new ZeroDowntimeDeployment(chart, constructId, toProps(chart, { name: 'given', ...asked }));
          return App.of(chart).synthYaml();
        };
        expect(yamlWithId(id)).toBe(yamlWithId('web'));
      }),
      { seed: SEED, numRuns: NUM_RUNS },
    );
  });

  test('leaves the props as they were, also when something is added later', () => {
    fc.assert(
      fc.property(acceptable, (asked) => {
        const chart = new Chart(new App(), 'chart');
        const props = frozen(toProps(chart, asked));
        const { container, deployment } = new ZeroDowntimeDeployment(chart, 'web', props);
        container.env.addVariable('ADDED', EnvValue.fromValue('later'));
        container.env.copyFrom(Env.fromSecret(Secret.fromSecretName(chart, 'Added', 'added')));
        container.mount('/added', Volume.fromEmptyDir(chart, 'AddedVolume', 'added'));
        deployment.metadata.addLabel('added', 'later');
        deployment.podMetadata.addLabel('added', 'later');
        expect(App.of(chart).synthYaml()).toContain('name: ADDED');
      }),
      { seed: SEED, numRuns: NUM_RUNS },
    );
  });
});

/** The props, which throw as soon as something tries to change them or a list or map in them. */
function frozen(props: ZeroDowntimeDeploymentProps): ZeroDowntimeDeploymentProps {
  for (const value of Object.values(props)) {
    if (Array.isArray(value) || Object.getPrototypeOf(value ?? 0) === Object.prototype) {
      Object.freeze(value);
    }
  }
  return Object.freeze(props);
}

describe(`whatever is asked (seed ${SEED})`, () => {
  /** The refusal, or nothing if the YAML came out. */
  function refusal(asked: Asked, more: object = {}): string | undefined {
    const chart = new Chart(new App(), 'chart');
    const props = { ...toProps(chart, asked), ...more };
    try {
      new ZeroDowntimeDeployment(chart, 'web', props);
      parse(App.of(chart).synthYaml());
      return undefined;
    } catch (error) {
      return String((error as Error).message).replace('Validation failed with the following errors:\n  ', '');
    }
  }

  test('the YAML comes out, or a refusal that names path, prop, value, reason and fix', () => {
    let refused = 0;
    fc.assert(
      fc.property(anything, (asked) => {
        const message = refusal(asked);
        refused += message === undefined ? 0 : 1;
        expect(message ?? '[chart/web] accepted = true: fine. Go on.').toMatch(REFUSAL);
      }),
      { seed: SEED, numRuns: 3 * NUM_RUNS },
    );
    // Neither side is empty, else the property would say nothing.
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(3 * NUM_RUNS);
  });

  test('of whatever type a prop is, as from plain JavaScript, the same', () => {
    const props = constructProps();
    fc.assert(
      fc.property(
        acceptable,
        fc.constantFrom(...props),
        fc.jsonValue({ maxDepth: 2 }),
        (asked, prop, value) => {
          const message = refusal(asked, { [prop]: value });
          expect(message ?? '[chart/web] accepted = true: fine. Go on.').toMatch(REFUSAL);
        },
      ),
      { seed: SEED, numRuns: 5 * NUM_RUNS },
    );
  });
});

describe(`a fault somewhere in the props (seed ${SEED})`, () => {
  const kinds = Object.keys(FAULTS);
  const ofAll = (check: (asked: Asked, n: number) => void) =>
    fc.assert(fc.property(acceptable, fc.nat(), check), { seed: SEED, numRuns: NUM_RUNS });

  test.each(kinds.filter((kind) => !FAULTS[kind].harmless))('is refused, and nothing is made: %s', (kind) => {
    ofAll((asked, n) => {
      const chart = new Chart(new App(), 'chart');
      const props = withFault(kind, n, toProps(chart, asked)) as ZeroDowntimeDeploymentProps;
      const message = messageOf(() => new ZeroDowntimeDeployment(chart, 'web', props));
      for (const line of message.split('\n')) {
        expect(line).toMatch(REFUSAL);
      }
      expect(chart.node.findChild('web').node.children).toEqual([]);
    });
  });

  test.each(kinds.filter((kind) => FAULTS[kind].harmless))('is none, and changes nothing: %s', (kind) => {
    ofAll((asked, n) => {
      expect(yamlOf(asked, (props) => withFault(kind, n, props))).toBe(yamlOnce(asked));
    });
  });

  test('reaches what is deep inside', () => {
    let deepest = 0;
    ofAll((asked) => {
      const places = placesIn(toProps(new Chart(new App(), 'chart'), asked));
      deepest = Math.max(deepest, ...places.map(({ path }) => path.length));
    });
    expect(deepest).toBeGreaterThanOrEqual(5);
  });
});
