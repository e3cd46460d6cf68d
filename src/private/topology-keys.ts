import { checkKey } from './keys';
import { mistyped } from './kinds/nearest';
import { checkEach, Refusal } from './refusal';

/** Source: https://kubernetes.io/docs/reference/labels-annotations-taints/ */
const WELL_KNOWN = [
  'kubernetes.io/hostname',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  // What they were called before; nodes of some clouds still have them.
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
];
/** What people call the values of the well-known labels. */
const WORDS: Record<string, string> = {
  hostname: WELL_KNOWN[0],
  host: WELL_KNOWN[0],
  node: WELL_KNOWN[0],
  zone: WELL_KNOWN[1],
  'availability-zone': WELL_KNOWN[1],
  az: WELL_KNOWN[1],
  region: WELL_KNOWN[2],
};

/**
 * Refuses keys that are no label of a node: the scheduler leaves out nodes without the label, and would spread over none.
 */
export function checkTopologyKeys(keys: readonly string[] = []): void {
  checkEach(keys, (key, i) => {
    const prop = `scheduling.topologyKeys[${i}]`;
    checkKey(prop, key, 'the key of a label of nodes');
    const meant = meantBy(key);
    if (meant !== undefined) {
      throw new Refusal(
        prop,
        JSON.stringify(key),
        'no node has this label unless somebody gives it to each, so the pods would not be spread at all',
        `Write '${meant}', or a label of your own with a prefix, such as 'example.com/zone'`,
      );
    }
    if (keys.indexOf(key) !== i) {
      throw new Refusal(
        prop,
        JSON.stringify(key),
        'it is listed twice, so the API server refuses the Deployment',
        'List each key once',
      );
    }
  });
}

/**
 * The well-known label for which a key stands that is none: its own word alone, or mistyped with Kubernetes' own prefix.
 * Every other key may be a label that the owner of the cluster gives to the nodes.
 */
function meantBy(key: string): string | undefined {
  if (WELL_KNOWN.includes(key)) {
    return undefined;
  }
  const [name, prefix] = key.split('/').reverse();
  const word = name.toLowerCase();
  if (Object.hasOwn(WORDS, word)) {
    return prefix === undefined || isOfKubernetes(prefix) ? WORDS[word] : undefined;
  }
  const almost = isOfKubernetes(prefix) ? mistyped(word, Object.keys(WORDS)) : undefined;
  return almost && WORDS[almost];
}

function isOfKubernetes(prefix = ''): boolean {
  return /(^|\.)kubernetes\.io$/.test(prefix);
}
