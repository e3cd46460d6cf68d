import type { KubeObject } from '../manifests/kube-object';
import { PROOF_LABEL } from '../proof/clean-up';
import type { World } from '../proof/world';

/** Makes a volume for every claim, as a storage class would: a folder of the node, which nothing is written to. */
export async function provideVolumes(
  { cluster, namespace }: World,
  objects: readonly KubeObject[],
): Promise<void> {
  for (const { metadata, spec } of objects.filter(({ kind }) => kind === 'PersistentVolumeClaim')) {
    const { accessModes, resources, storageClassName } = spec;
    const volume = {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `${namespace}-${metadata.name}`, labels: { [PROOF_LABEL]: '' } },
      spec: {
        accessModes,
        capacity: resources.requests,
        storageClassName,
        claimRef: { namespace, name: metadata.name },
        hostPath: { path: '/usr/share' },
      },
    };
    await cluster.kubectl(['create', '--filename', '-'], JSON.stringify(volume));
  }
}
