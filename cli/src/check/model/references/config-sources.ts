import { at, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';

/** A Secret that a controller makes for an object. */
export interface MadeSecret {
  readonly namespace: string;
  readonly name: string;
  /** Whether the Secret goes with the object; else it stays as it is, and is not renewed. */
  readonly isOwned: boolean;
}

type Source = (spec: unknown, object: ManifestObject) => Omit<MadeSecret, 'namespace'> | undefined;

const SOURCES: ReadonlyMap<string, Source> = new Map<string, Source>([
  [
    'external-secrets.io/ExternalSecret',
    (spec, { name }) =>
      (at(spec, 'target', 'creationPolicy') ?? 'Owner') === 'Owner'
        ? { name: text(at(spec, 'target', 'name')) ?? name, isOwned: true }
        : undefined,
  ],
  ['bitnami.com/SealedSecret', (_, { name }) => ({ name, isOwned: true })],
  ['onepassword.com/OnePasswordItem', (_, { name }) => ({ name, isOwned: true })],
  ...['VaultStaticSecret', 'VaultDynamicSecret', 'VaultPKISecret', 'HCPVaultSecretsApp'].map(
    (kind): [string, Source] => [
      `secrets.hashicorp.com/${kind}`,
      (spec) =>
        named(at(spec, 'destination', 'create') === true ? at(spec, 'destination', 'name') : undefined, true),
    ],
  ),
  ['cert-manager.io/Certificate', (spec) => named(at(spec, 'secretName'), false)],
]);

/** The Secret that a controller makes for an object; none for all other kinds. */
export function secretMadeFor(object: ManifestObject): MadeSecret | undefined {
  const made = SOURCES.get(`${object.group}/${object.kind}`)?.(object.body.spec, object);
  return made && { ...made, namespace: object.namespace };
}

function named(name: unknown, isOwned: boolean): Omit<MadeSecret, 'namespace'> | undefined {
  return typeof name === 'string' ? { name, isOwned } : undefined;
}
