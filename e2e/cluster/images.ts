import { join } from 'node:path';
import { APP_IMAGES, appSources } from '../app/images';
import { cached, hashOf } from './cache';
import type { Binaries } from './components/context';
import { goProgram, type ImageGroup } from './image-group';
import { packLayer, writeImage } from './oci';
import { E2E } from './paths';
import type { Progress } from './progress';
import { run } from './shell';
import { REGISTRY } from './topology';
import { VERSIONS } from './versions';

/** An image in the cache. */
interface BuiltImage {
  layout: string;
  reference: string;
}

/** Builds all images that are not in the cache yet. */
export async function buildImages(bin: Binaries, progress: Progress): Promise<BuiltImage[]> {
  const groups = [...addonImages(bin), ...APP_IMAGES];
  const key = hashOf(
    [process.version, JSON.stringify(groups.map(({ tags }) => tags)), bin('coredns'), bin('metrics-server')],
    [...appSources(), join(E2E, 'cluster', 'oci.ts')],
  );
  const make = (folder: string) =>
    progress.step('build images', async () => {
      for (const group of groups) await buildGroup(folder, group);
    });
  const folder = await cached(`images-${key}`, make);
  return groups.flatMap(({ repository, tags }) =>
    Object.keys(tags).map((tag) => ({
      layout: `oci:${layoutFolder(folder, repository, tag)}:${tag}`,
      reference: `docker://${REGISTRY}/${repository}:${tag}`,
    })),
  );
}

/** Pushes images to the registry of the running cluster. */
export async function pushImages(images: BuiltImage[]): Promise<void> {
  for (const { layout, reference } of images) {
    await run('skopeo', [
      'copy',
      '--quiet',
      '--insecure-policy',
      '--dest-tls-verify=false',
      layout,
      reference,
    ]);
  }
}

async function buildGroup(folder: string, { repository, tags, content }: ImageGroup): Promise<void> {
  const work = join(folder, 'work', repository);
  const layer = await packLayer(await content(work));
  for (const [tag, config] of Object.entries(tags)) {
    writeImage(layoutFolder(folder, repository, tag), tag, layer, config);
  }
  await run('rm', ['-rf', join(folder, 'work')]);
}

function layoutFolder(folder: string, repository: string, tag: string): string {
  return join(folder, repository.replaceAll('/', '_'), tag);
}

function addonImages(bin: Binaries): ImageGroup[] {
  const single = (repository: string, tag: string, name: string): ImageGroup => ({
    repository,
    tags: { [tag]: { Entrypoint: [`/${name}`] } },
    content: async () => ({ files: [{ path: `/${name}`, from: bin(name) }], folders: ['/tmp'] }),
  });
  return [
    single('coredns/coredns', VERSIONS.coredns, 'coredns'),
    single('metrics-server/metrics-server', VERSIONS.metricsServer, 'metrics-server'),
    {
      repository: 'pause',
      tags: { [VERSIONS.pause]: { Entrypoint: ['/pause'] } },
      content: (work) => goProgram(work, 'pause'),
    },
  ];
}
