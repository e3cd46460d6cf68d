import { Volume } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { VolumeProjection } from '../../../imports/k8s';
import { toJson_Volume } from '../../../imports/k8s';
import type { ProjectedSource, ServiceAccountTokenOptions } from '../../projected-source';
import { replaceVolume } from '../kubernetes/cdk8s-plus';
import { DNS_LABEL } from '../kubernetes/names';
import { wholeSeconds } from '../kubernetes/numbers';
import { checkAll, checkEach, Refusal, refusalsOf, refusedAt, throwAll } from '../refusals/refusal';
import { shown } from '../refusals/shown';
import { optionsOf } from '../settings/kinds/collections';
import { read } from '../settings/kinds/kind';
import { duration, text } from '../settings/kinds/values';

/** Source: the API server's limits for `expirationSeconds`. */
const EXPIRATION = { min: 600, max: 2 ** 32 };
/** Source: Kubernetes' rule for the path of a file in a volume. */
const FILE = /^(?!\/)(?!(.*\/)?\.\.(\/|$)).+$/;

const TOKEN = optionsOf<ServiceAccountTokenOptions>('the options of ProjectedSource.serviceAccountToken', {
  audience: text('vault'),
  expiration: duration('Duration.hours(1)'),
});

type Content = ProjectedSource['_content'];

/**
 * A volume of cdk8s-plus-27 that renders as a projected volume, which its class does not know.
 */
export function createProjectedVolume(scope: Construct, id: string, sources: ProjectedSource[]): Volume {
  const volume = Volume.fromEmptyDir(scope, id, id);
  try {
    checkAll(
      () => checkName(id),
      () => checkSome(sources),
      () => checkEach(sources, (source, i) => checkSource(`sources[${i}]`, source)),
    );
  } catch (error) {
    throw refusedAt(volume, refusalsOf(error));
  }
  const own = toJson_Volume({ name: id, projected: { sources: sources.map(toProjection) } });
  replaceVolume(volume, own);
  return volume;
}

function checkName(id: string): void {
  if (!DNS_LABEL.test(id)) {
    throw new Refusal(
      'id',
      JSON.stringify(id),
      "it is also the name of the volume, which is at most 63 lower-case letters, digits and '-'",
      "Write for example 'tokens'",
    );
  }
}

function checkSome(sources: unknown): void {
  if (!Array.isArray(sources) || sources.length === 0) {
    throw new Refusal(
      'sources',
      Array.isArray(sources) ? '[]' : shown(sources),
      'nothing would appear in the volume',
      "Write for example [ProjectedSource.serviceAccountToken('token')]",
    );
  }
}

function checkSource(prop: string, source: ProjectedSource): void {
  // From plain JavaScript it may be anything.
  const content: Content | undefined = source?._content;
  if (!content) {
    throw new Refusal(
      prop,
      shown(source),
      'it has to be a ProjectedSource',
      "Write for example ProjectedSource.serviceAccountToken('token')",
    );
  }
  const { token, secret, configMap } = content;
  const files: Record<string, string> = {
    ...secret?.items,
    ...configMap?.items,
    ...(token && { path: token.path }),
  };
  checkAll(
    () =>
      checkEach(Object.keys(files), (key) => {
        if (!FILE.test(files[key])) {
          throw new Refusal(
            `${prop}.${key}`,
            JSON.stringify(files[key]),
            'it is not the name of a file within the volume',
            "Write for example 'token' or 'certs/ca.crt'",
          );
        }
      }),
    () => token && checkToken(prop, token.options),
  );
}

function checkToken(prop: string, given: ServiceAccountTokenOptions): void {
  const refused: Refusal[] = [];
  read(TOKEN, prop, given, refused);
  throwAll(refused);
  if (given.expiration) {
    wholeSeconds(`${prop}.expiration`, given.expiration, EXPIRATION);
  }
}

function toProjection({ _content: { token, secret, configMap } }: ProjectedSource): VolumeProjection {
  const items = (files?: { readonly [key: string]: string }) =>
    files && Object.entries(files).map(([key, path]) => ({ key, path }));
  return {
    serviceAccountToken: token && {
      path: token.path,
      audience: token.options.audience,
      expirationSeconds: token.options.expiration?.toSeconds(),
    },
    secret: secret && { name: secret.name, items: items(secret.items) },
    configMap: configMap && { name: configMap.name, items: items(configMap.items) },
  };
}
