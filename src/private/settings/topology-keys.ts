import { checkKey } from '../kubernetes/names';
import { HOST, REGION, ZONE } from '../kubernetes/node-labels';
import { checkEach, Refusal } from '../refusals/refusal';
import { mistyped } from './kinds/nearest';

const WELL_KNOWN = [
  HOST,
  ZONE,
  REGION,
  // Their former names; nodes of some clouds still have them.
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
];
/** Words that people use for the well-known labels. */
const WORDS: Record<string, string> = {
  hostname: HOST,
  host: HOST,
  node: HOST,
  zone: ZONE,
  'availability-zone': ZONE,
  az: ZONE,
  region: REGION,
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
 * The well-known label that was most likely meant by a key: a word for it alone or with Kubernetes' own prefix,
 * or a mistyped word with that prefix. Every other key may be a label that the owner of the cluster gives to
 * the nodes.
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
