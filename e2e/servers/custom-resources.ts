import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { downloadGoModule } from '../../scripts/go-module';
import type { Manifest } from '../../test/helpers';
import { REPOSITORY } from '../cluster/paths';

/** The CustomResourceDefinition of the HTTPRoute: the same file that `imports/gateway-api.ts` is generated from. */
export function httpRouteDefinition(): Manifest {
  const { folder } = downloadGoModule(join(REPOSITORY, 'imports'), 'sigs.k8s.io/gateway-api');
  const file = 'config/crd/standard/gateway.networking.k8s.io_httproutes.yaml';
  return parse(readFileSync(join(folder, file), 'utf8'));
}
