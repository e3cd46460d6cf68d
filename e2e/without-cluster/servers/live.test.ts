import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { readAgainst } from '../../../cli/src/check/against';
import { check, type CheckResult } from '../../../cli/src/check/check';
import { titleOf } from '../../../cli/src/check/finding';
import { readManifests } from '../../../cli/src/check/read/read';
import { upgradeRules } from '../../../cli/src/check/rules/rules';
import { buildModule, KUBERNETES } from '../../cluster/build';
import { kubeconfig } from '../../cluster/kubeconfig';
import { REPOSITORY } from '../../cluster/paths';
import { Progress } from '../../cluster/progress';
import { ASKED_NODE_PORTS } from './components';
import { API_SERVERS } from './versions';

const RULES = join(REPOSITORY, 'cli/src/check/rules/upgrade');
const STATE_RULES = join(REPOSITORY, 'cli/src/check/rules/state');
const EXAMPLES = readdirSync(join(REPOSITORY, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /manifests\/.*\.yaml$/.test(file))
  .map((file) => join(REPOSITORY, 'examples', file));

/** Ways to apply. They differ in what the object says about the applied manifest. */
const WAYS = {
  'kubectl apply': ['apply'],
  'kubectl apply --server-side': ['apply', '--server-side', '--force-conflicts'],
  // As Helm 3: the object says that it was applied, but not what was in the manifest.
  'kubectl create': ['create'],
};

const ids: ReadonlySet<string> = new Set(upgradeRules.map(({ id }) => id));
const broken = ({ findings }: CheckResult) => findings.map(({ rule }) => rule).filter((id) => ids.has(id));

const UNKNOWN_FIELD = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: unknown}\ndat: {}\n';
/** A kind and a namespace that the manifests make, and something of each. */
const NOT_THERE_YET = [
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.dry-run.example.com' },
    spec: {
      group: 'dry-run.example.com',
      scope: 'Namespaced',
      names: { kind: 'Thing', plural: 'things' },
      versions: [
        { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } },
      ],
    },
  },
  { apiVersion: 'dry-run.example.com/v1', kind: 'Thing', metadata: { name: 'one' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'early', namespace: 'not-there-yet' } },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'not-there-yet' } },
];

/** Kinds of the rules' manifests that no namespace takes with it. */
const CLUSTER_WIDE: ReadonlySet<string> = new Set(['PriorityClass', 'CustomResourceDefinition']);

/** The namespaces of all tests; those of an API server without controllers do not go away. */
let count = 0;

describe.each(inject('servers'))('check --against live on kube-apiserver $version', (access) => {
  const folder = mkdtempSync(join(tmpdir(), 'zero-downtime-live-'));
  const admin = kubeconfig(`https://127.0.0.1:${access.port}`, 'admin', access);
  const before = { ...process.env };

  beforeAll(async () => {
    const { kubectl: binary } = await buildModule(KUBERNETES, new Progress());
    process.env.PATH = `${dirname(binary)}${delimiter}${before.PATH}`;
    process.env.HOME = folder;
    useKubeconfig(admin);
  });
  afterAll(() => {
    process.env = before;
    rmSync(folder, { recursive: true });
  });

  function useKubeconfig(content: string): void {
    process.env.KUBECONFIG = join(folder, 'kubeconfig');
    writeFileSync(process.env.KUBECONFIG, content, { mode: 0o600 });
  }

  function kubectl(...args: string[]): string {
    const { status, stdout, stderr } = spawnSync('kubectl', args, { encoding: 'utf8' });
    if (status !== 0) {
      throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
    }
    return stdout;
  }

  /** Works in a namespace of its own, in which its manifests are. */
  async function inNamespace(
    manifests: Record<string, string>,
    work: (namespace: string, files: Record<string, string>) => Promise<void>,
  ): Promise<void> {
    const namespace = `live-${process.pid}-${++count}`;
    // Four of its own, since the API server may hold one for a while after its Service is gone.
    const nodePort = ASKED_NODE_PORTS.first + ((4 * count) % ASKED_NODE_PORTS.count);
    const files = Object.fromEntries(
      Object.entries(manifests).map(([name, content]) => {
        const file = join(folder, `${namespace}-${name}.yaml`);
        const ours = content
          .replaceAll(/^( *(?:namespace|name)): shop$/gm, `$1: ${namespace}`)
          .replaceAll(/\b(nodePort|healthCheckNodePort): \d+([01])$/gm, (_, field, last) => {
            const first = field === 'nodePort' ? nodePort : nodePort + 2;
            return `${field}: ${first + Number(last)}`;
          });
        writeFileSync(file, ours);
        return [name, file];
      }),
    );
    const read = await Promise.all(Object.values(files).map((file) => readManifests([file])));
    const own = read.flatMap(({ objects }) => objects);
    if (!own.some(({ kind, name }) => kind === 'Namespace' && name === namespace)) {
      kubectl('create', 'namespace', namespace);
    }
    try {
      await work(namespace, files);
    } finally {
      // Other tests may ask for the same address and node port, and some kinds are in no namespace.
      kubectl('delete', 'services', '--all', `--namespace=${namespace}`);
      for (const { kind, name } of own.filter((object) => CLUSTER_WIDE.has(object.kind))) {
        kubectl('delete', kind, name, '--ignore-not-found');
      }
    }
  }

  async function checkLive(file: string, namespace?: string): Promise<CheckResult> {
    const compared = await readAgainst('live', await readManifests([file]), { namespace });
    return check(compared.manifests, compared.against, compared);
  }

  /** What a server-side dry run says. */
  async function tryLive(file: string, namespace: string) {
    const options = { namespace, serverDryRun: true };
    const compared = await readAgainst('live', await readManifests([file]), options);
    const { findings, notApplied, problems } = check(compared.manifests, compared.against, compared);
    return {
      refused: findings
        .filter(({ rule }) => rule === 'refused-by-server')
        .map((finding) => `${titleOf(finding)} ${finding.path}`),
      notTried: notApplied.map(({ message }) => message).filter((message) => /dry run/.test(message)),
      problems: problems.map(({ message }) => message),
    };
  }

  const read = (file: string) => readFileSync(file, 'utf8');

  // What each way leaves in an object is the same in all versions; defaults of the API server may differ.
  const ways = Object.entries(WAYS).slice(0, access.version === API_SERVERS[0] ? undefined : 1);
  describe.each(ways)('%s', (_, apply) => {
    test.each([...ids])('%s: finds the same as between the two manifests', async (id) => {
      const manifests = ['old', 'pass', 'fail'].map((kind) => [
        kind,
        read(join(RULES, `${id}.${kind}.yaml`)),
      ]);
      await inNamespace(Object.fromEntries(manifests), async (namespace, { old, pass, fail }) => {
        kubectl(...apply, `--namespace=${namespace}`, `--filename=${old}`);
        for (const file of [old, pass, fail]) {
          const live = await checkLive(file, namespace);
          expect(live.problems).toEqual([]);
          const between = check(await readManifests([file]), await readManifests([old]), { removes: false });
          expect({ file, rules: broken(live) }).toEqual({ file, rules: broken(between) });
        }
      });
    });

    test.each(EXAMPLES.map((file) => [basename(file), file]))('%s: finds no change', async (_name, file) => {
      await inNamespace({ manifest: read(file) }, async (namespace, { manifest }) => {
        kubectl(...apply, `--namespace=${namespace}`, `--filename=${manifest}`);
        const live = await checkLive(manifest, namespace);
        expect({ problems: live.problems, rules: broken(live) }).toEqual({ problems: [], rules: [] });
      });
    });

    test('replicas that were scaled do not count as a change of the manifest', async () => {
      const old = read(join(REPOSITORY, 'examples/autoscaling/manifests/autoscaled-v1.k8s.yaml'));
      await inNamespace({ old }, async (namespace, files) => {
        kubectl(...apply, `--namespace=${namespace}`, `--filename=${files.old}`);
        kubectl('scale', 'deployments', '--all', '--replicas=5', `--namespace=${namespace}`);
        expect(broken(await checkLive(files.old, namespace))).toEqual([]);
      });
    });

    test('values of a Secret are compared, but never shown', async () => {
      const [workload, ...others] = read(join(RULES, 'config-changed-in-place.old.yaml')).split('---\n');
      const secret = (value: string) => ({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'web-1' },
        stringData: { password: value },
        data: { other: Buffer.from(value).toString('base64') },
      });
      const manifest = (value: string) =>
        [workload.replace('configMapRef', 'secretRef'), ...others, stringify(secret(value))].join('---\n');
      await inNamespace({ old: manifest('hunter2'), next: manifest('hunter3') }, async (namespace, files) => {
        kubectl(...apply, `--namespace=${namespace}`, `--filename=${files.old}`);
        expect(broken(await checkLive(files.old, namespace))).toEqual([]);
        const compared = await readAgainst('live', await readManifests([files.next]), { namespace });
        const result = check(compared.manifests, compared.against, compared);
        expect(broken(result)).toEqual(['config-changed-in-place']);
        expect(JSON.stringify([compared, result])).not.toMatch(/hunter|aHVudGVy/);
      });
    });
  });

  test('--server-dry-run finds what the server refuses, and only that', async () => {
    const refused = (id: string, kind: string) => read(join(STATE_RULES, `${id}.${kind}.yaml`));
    const manifests = {
      pass: refused('refused-by-server', 'pass'),
      fail: [
        refused('refused-by-server', 'fail'),
        UNKNOWN_FIELD,
        ...NOT_THERE_YET.map((one) => stringify(one)),
      ].join('---\n'),
    };
    await inNamespace(manifests, async (namespace, files) => {
      const [pass, fail] = [await tryLive(files.pass, namespace), await tryLive(files.fail, namespace)];
      expect(pass).toEqual({ refused: [], notTried: [], problems: [] });
      expect(fail).toEqual({
        refused: [`CronJob ${namespace}/report spec.schedule`, `ConfigMap ${namespace}/unknown dat`],
        notTried: [
          expect.stringContaining('its CustomResourceDefinition is not in the cluster yet'),
          expect.stringContaining('Namespace not-there-yet is not in the cluster yet'),
        ],
        problems: [],
      });
    });
  });

  test('--server-dry-run attributes a refusal that is the only one, also of a change', async () => {
    const old = read(join(RULES, 'selector-immutable.old.yaml'));
    const fail = read(join(RULES, 'selector-immutable.fail.yaml'));
    await inNamespace({ old, fail }, async (namespace, files) => {
      kubectl('apply', `--namespace=${namespace}`, `--filename=${files.old}`);
      expect((await tryLive(files.old, namespace)).refused).toEqual([]);
      expect((await tryLive(files.fail, namespace)).refused).toEqual([
        expect.stringMatching(/^Deployment .* spec\.selector$/),
      ]);
    });
  });

  test.each([
    [261_500, []],
    [262_144, ['too-large-to-apply']],
  ])('kubectl apply takes a ConfigMap of %s bytes as check says', async (bytes, found) => {
    const data = { a: 'a'.repeat(bytes) };
    const manifest = stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'large' }, data });
    await inNamespace({ manifest }, async (namespace, files) => {
      const { findings } = check(await readManifests([files.manifest]));
      expect(findings.map(({ rule }) => rule)).toEqual(found);
      expect((await tryLive(files.manifest, namespace)).refused).toEqual(
        found.map(() => expect.stringMatching(/^ConfigMap .* metadata.annotations$/)),
      );
    });
  });

  test('names all permissions that are missing', async () => {
    const manifest = [
      read(join(RULES, 'config-removed.old.yaml')),
      stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }),
      stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'b' } }),
      stringify({
        apiVersion: 'scheduling.k8s.io/v1',
        kind: 'PriorityClass',
        metadata: { name: 'high' },
        value: 1,
      }),
      stringify({ apiVersion: 'example.com/v1', kind: 'NotThereYet', metadata: { name: 'a' } }),
    ].join('---\n');
    await inNamespace({ manifest }, async (namespace, files) => {
      const verbs = ['--verb=get,list', `--namespace=${namespace}`];
      kubectl('create', 'role', 'some', ...verbs, '--resource=deployments.apps,services,configmaps');
      kubectl('create', 'rolebinding', 'some', '--role=some', '--user=jane', `--namespace=${namespace}`);
      const asJane = parse(admin) as { users: { user: Record<string, string> }[] };
      asJane.users[0].user.as = 'jane';
      useKubeconfig(stringify(asJane));
      try {
        const { problems } = await checkLive(files.manifest, namespace);
        const list = (resource: string) =>
          `no permission to list ${resource} in namespace ${namespace}; grant the verb list on ${resource}`;
        expect(problems.map(({ file, message }) => `${file} not checked: ${message}`).sort()).toEqual(
          [
            list('daemonsets.apps'),
            list('horizontalpodautoscalers.autoscaling'),
            list('ingresses.networking.k8s.io'),
            list('poddisruptionbudgets.policy'),
            list('statefulsets.apps'),
            `no permission to get secrets in namespace ${namespace}; grant the verb get on secrets`,
            'no permission to get priorityclasses.scheduling.k8s.io in the cluster; grant the verb get on priorityclasses.scheduling.k8s.io',
          ]
            .map((message) => `live not checked: ${message}`)
            .sort(),
        );
      } finally {
        useKubeconfig(admin);
      }
    });
  });
});
