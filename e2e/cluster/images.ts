import { join } from 'node:path';
import { APP_IMAGES, appSources } from '../app/images';
import { cached, hashOf } from './cache';
import type { Binaries } from './components/context';
import { binaryImage, goProgram, type ImageGroup } from './image-group';
import { packLayer, writeImage } from './oci';
import { E2E } from './paths';
import type { Progress } from './progress';
import { run } from './shell';
import { REGISTRY } from './topology';
import { VERSIONS } from './versions';

/** An image in the cache. */
export interface BuiltImage {
  layout: string;
  /** Name and tag, without a registry. */
  name: string;
}

/** Builds the images of the add-ons that are not in the cache yet. */
export function buildAddonImages(bin: Binaries, progress: Progress): Promise<BuiltImage[]> {
  return buildImages('add-ons', addonImages(bin), [bin('coredns'), bin('metrics-server')], progress);
}

/** Builds the images that the proof deploys and that are not in the cache yet. */
export function buildAppImages(progress: Progress): Promise<BuiltImage[]> {
  return buildImages('applications', APP_IMAGES, [process.version], progress);
}

/** Pushes images to a registry; only Docker Hub, which the cluster's own stands for, has `library/` in their names. */
export async function pushImages(images: BuiltImage[], registry: string): Promise<void> {
  const own = registry === REGISTRY;
  const options = ['--quiet', '--insecure-policy', ...(own ? ['--dest-tls-verify=false'] : [])];
  for (const { layout, name } of images) {
    const pushed = own ? name : name.replace(/^library\//, '');
    await run('skopeo', ['copy', ...options, layout, `docker://${registry}/${pushed}`]);
  }
}

/** Gives an image in the cluster's own registry another name as well. */
export async function copyImage(from: string, to: string): Promise<void> {
  const options = ['--quiet', '--insecure-policy', '--src-tls-verify=false', '--dest-tls-verify=false'];
  await run('skopeo', ['copy', ...options, `docker://${REGISTRY}/${from}`, `docker://${REGISTRY}/${to}`]);
}

/** Builds the images that are not in the cache yet. `texts`, too, decide what is in them. */
export async function buildImages(
  what: string,
  groups: ImageGroup[],
  texts: string[],
  progress: Progress,
): Promise<BuiltImage[]> {
  const tags = JSON.stringify(groups.map((group) => group.tags));
  const key = hashOf([...texts, tags], [...appSources(), join(E2E, 'cluster', 'oci.ts')]);
  const make = (folder: string) =>
    progress.step(`build images of the ${what}`, async () => {
      for (const group of groups) {
        await buildGroup(folder, group);
      }
    });
  const folder = await cached(`images-${what}-${key}`, make);
  return groups.flatMap((group) =>
    Object.keys(group.tags).map((tag) => ({
      layout: `oci:${layoutFolder(folder, group.repository, tag)}:${tag}`,
      name: `${group.repository}:${tag}`,
    })),
  );
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
  return [
    binaryImage('coredns/coredns', VERSIONS.coredns, 'coredns', bin('coredns')),
    binaryImage(
      'metrics-server/metrics-server',
      VERSIONS.metricsServer,
      'metrics-server',
      bin('metrics-server'),
    ),
    {
      repository: 'pause',
      tags: { [VERSIONS.pause]: { Entrypoint: ['/pause'] } },
      content: (work) => goProgram(work, 'pause'),
    },
  ];
}
