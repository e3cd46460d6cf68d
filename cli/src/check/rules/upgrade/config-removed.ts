import { secretMadeFor } from '../../model/references/config-sources.js';
import { neededCertificates } from '../../model/entries/certificates.js';
import { groupBy } from '../../model/values/grouped.js';
import { configsOf } from '../../model/references/references.js';
import type { State } from '../../model/state.js';
import { title, type ManifestObject } from '../../read/object.js';
import type { Breach, UpgradeRule } from '../rule.js';

export const configRemoved: UpgradeRule = {
  id: 'config-removed',
  severity: 'error',
  reason:
    'where what is no longer in the manifests is deleted, an old pod that is started again, or a rollback, finds no configuration',
  fix: 'keep what old pods refer to until the rollout is over and no rollback is wanted',
  check: function* (from, to) {
    const gone = goneConfigs(from, to);
    for (const workload of from.workloads) {
      if (to.deletes(workload.object)) {
        continue;
      }
      for (const { kind, name } of configsOf(workload.pod)) {
        const { object, says } = gone(workload.object.namespace, kind, name) ?? {};
        if (object !== undefined) {
          yield { object, path: [], what: `${says}, and old pods of ${title(workload.object)} need it` };
        }
      }
    }
    for (const { object: user, namespace, name } of neededCertificates(to)) {
      const { object, says } = gone(namespace, 'Secret', name) ?? {};
      if (object !== undefined) {
        yield { object, path: [], what: `${says}, and ${title(user)} needs it for https`, ...CERTIFICATE };
      }
    }
  },
};

const CERTIFICATE: Pick<Breach, 'reason' | 'fix'> = {
  reason: 'clients refuse the certificate that the controller has instead, or one that has expired',
  fix: 'keep it as long as something refers to it',
};

/** Finds what was a ConfigMap or Secret, or what it was made for, and says what has become of it. */
function goneConfigs(from: State, to: State) {
  const makers = groupBy(from.objects, nameOfMade);
  const kept = from.objects.filter((old) => to.after(old) === old);
  const madeAfter = new Set([...to.objects, ...kept].map(nameOfMade));
  return (
    namespace: string,
    kind: string,
    name: string,
  ): { readonly object: ManifestObject; readonly says: string } | undefined => {
    const key = JSON.stringify([namespace, name]);
    const isMade = kind === 'Secret' && madeAfter.has(key);
    const config = from.beside({ namespace }, '', kind, name);
    if (isMade || to.beside({ namespace }, '', kind, name) !== undefined) {
      return undefined;
    }
    if (config !== undefined) {
      return to.deletes(config) ? { object: config, says: 'it is gone' } : undefined;
    }
    const [maker] = kind === 'Secret' ? (makers.get(key) ?? []) : [];
    if (maker === undefined) {
      return undefined;
    }
    const { isOwned } = secretMadeFor(maker) ?? {};
    return {
      object: to.find(maker) ?? maker,
      says: isOwned ? `the Secret ${name} is deleted with it` : `nobody renews the Secret ${name} any more`,
    };
  };
}

function nameOfMade(object: ManifestObject): string {
  const made = secretMadeFor(object);
  return made === undefined ? '' : JSON.stringify([made.namespace, made.name]);
}
