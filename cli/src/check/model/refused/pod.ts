import { at, fields, items, text, type Fields, type Path } from '../../read/fields.js';
import { PROBE_HANDLERS } from '../workloads/probe.js';
import { noNumbers } from './numbers.js';
import { wrongPorts } from './ports.js';
import { refusedIf, repeated, type Refusal } from './refusal.js';
import { wrongResources } from './resources.js';
import { noText, noTexts } from './texts.js';

/** A container in the manifest of a pod. */
interface Written {
  readonly item: Fields;
  readonly path: Path;
  readonly name: string;
}

/**
 * What the API server does not take of a pod or a template of pods.
 * @param template what has its metadata and spec
 * @param path where that is in its object
 * @param claims names of the volumes that a StatefulSet adds
 */
export function wrongPod(template: unknown, path: Path, claims: readonly string[] = []): readonly Refusal[] {
  const spec = fields(at(template, 'spec'));
  const main = containersIn(spec, 'containers', path);
  const init = containersIn(spec, 'initContainers', path);
  const all = [...main, ...init];
  // A patch of a template names only what it changes.
  const isWhole = all.length > 0 && all.every(({ item }) => text(item.image));
  const volumes = items(spec.volumes);
  const names = new Set([...claims, ...volumes.map(({ item }) => item.name)]);
  const inTemplate = ({ path: inner, what }: Refusal) => ({ path: [...path, ...inner], what });
  return [
    ...noTexts(template, ['metadata', 'labels'], ['metadata', 'annotations'], ['spec', 'nodeSelector']).map(
      inTemplate,
    ),
    ...noNumbers(template, ['spec'], ['terminationGracePeriodSeconds', 'activeDeadlineSeconds']).map(
      inTemplate,
    ),
    ...wrongResources(spec, [...path, 'spec'], 'the pod'),
    ...repeated(volumes, ({ item }) => text(item.name)).map(({ entry, key }) => ({
      path: [...path, 'spec', 'volumes', entry.index, 'name'],
      what: `two volumes are named ${key}`,
    })),
    ...repeated(all, ({ item }) => text(item.name)).map(({ entry, key }) => ({
      path: [...entry.path, 'name'],
      what: `two containers are named ${key}`,
    })),
    ...all.flatMap((container) => [
      ...wrongTexts(container),
      ...wrongPorts(container.item, container.path, spec.hostNetwork === true),
      ...wrongResources(container.item, container.path, `container ${container.name}`),
      ...wrongMounts(container, isWhole ? names : undefined),
      ...wrongProbes(container, isWhole),
    ]),
    ...init.flatMap(wrongInInit),
  ];
}

function containersIn(spec: Fields, list: string, path: Path): readonly Written[] {
  return items(spec[list]).map(({ index, item }) => ({
    item,
    path: [...path, 'spec', list, index],
    name: text(item.name) ?? `${list}[${index}]`,
  }));
}

function wrongTexts({ item, path }: Written): readonly Refusal[] {
  const lists = noTexts(item, ['command'], ['args']);
  return [
    ...lists.map(({ path: inner, what }) => ({ path: [...path, ...inner], what })),
    ...items(item.env).flatMap(({ index, item: { name, value, valueFrom } }) => {
      const where = [...path, 'env', index];
      const variable = `the value of ${text(name) ?? `env[${index}]`}`;
      return [
        ...noText(value, [...where, 'value'], variable),
        ...refusedIf(
          Boolean(value) && Boolean(valueFrom),
          where,
          () => `${variable} is written and taken from elsewhere too; keep value or valueFrom`,
        ),
      ];
    }),
  ];
}

/** @param volumes the names of the volumes, if all are known */
function wrongMounts({ item, path, name }: Written, volumes?: ReadonlySet<unknown>): readonly Refusal[] {
  const mounts = items(item.volumeMounts);
  const where = (index: number, field: string) => [...path, 'volumeMounts', index, field];
  return [
    ...repeated(mounts, (mount) => text(mount.item.mountPath)).map(({ entry, key }) => ({
      path: where(entry.index, 'mountPath'),
      what: `container ${name} mounts two volumes at ${key}`,
    })),
    ...mounts.flatMap(({ index, item: mount }) => {
      const volume = text(mount.name);
      return refusedIf(
        volumes !== undefined && volume !== undefined && !volumes.has(volume),
        where(index, 'name'),
        () => `container ${name} mounts the volume ${volume}, which the pod does not have`,
      );
    }),
  ];
}

const PROBES = ['readinessProbe', 'livenessProbe', 'startupProbe'];
const PROBE_NUMBERS = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
];

function wrongProbes({ item, path, name }: Written, isWhole: boolean): readonly Refusal[] {
  return PROBES.filter((probe) => item[probe]).flatMap((probe) => {
    const spec = fields(item[probe]);
    const handlers = PROBE_HANDLERS.filter((handler) => spec[handler]);
    const where = [...path, probe];
    const here = `${probe} of container ${name}`;
    return [
      ...refusedIf(
        handlers.length > 1,
        where,
        () => `${here} has ${handlers.join(' and ')}; keep one of them`,
      ),
      ...refusedIf(
        handlers.length === 0 && isWhole,
        where,
        () => `${here} asks nothing; write httpGet for instance`,
      ),
      ...refusedIf(
        probe !== 'readinessProbe' && typeof spec.successThreshold === 'number' && spec.successThreshold > 1,
        [...where, 'successThreshold'],
        () => `successThreshold of ${here} has to be 1`,
      ),
      ...noNumbers(item, [probe], PROBE_NUMBERS).map((one) => ({ ...one, path: [...path, ...one.path] })),
    ];
  });
}

/** Only a native sidecar may have probes and hooks in the list of initContainers. */
function wrongInInit({ item, path, name }: Written): readonly Refusal[] {
  if (item.restartPolicy === 'Always') {
    return [];
  }
  return [...PROBES, 'lifecycle']
    .filter((field) => item[field])
    .map((field) => ({
      path: [...path, field],
      what: `init container ${name} has ${field}, which needs restartPolicy: Always`,
    }));
}
