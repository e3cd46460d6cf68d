import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { downloadGoModule } from '../../../scripts/go-module';
import type { Manifest } from '../../../test/helpers';
import { REPOSITORY } from '../../cluster/paths';

/** The kinds that no API server knows by itself, and that the construct makes: the files from which `imports` is generated. */
const SOURCES = [
  {
    module: 'sigs.k8s.io/gateway-api',
    file: 'config/crd/standard/gateway.networking.k8s.io_httproutes.yaml',
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    file: 'example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml',
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    file: 'example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml',
  },
];

/** Their CustomResourceDefinitions. */
export function customResourceDefinitions(): Manifest[] {
  return SOURCES.map(({ module, file }) => {
    const { folder } = downloadGoModule(join(REPOSITORY, 'imports'), module);
    return parse(readFileSync(join(folder, file), 'utf8'));
  });
}

/** One of each, with as little as its definition takes. */
export function customResources(metadata: object): Manifest[] {
  return [
    { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata, spec: {} },
    { apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', metadata, spec: { selector: {} } },
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata,
      spec: { selector: {}, endpoints: [] },
    },
  ];
}
