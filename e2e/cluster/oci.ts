import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { execa } from 'execa';

/** A file of an image: a copy of `from`, or `content`. */
export type ImageFile = { path: string } & ({ from: string } | { content: string });

/** What is in an image. */
export interface ImageContent {
  files: ImageFile[];
  folders?: string[];
}

/** How an image is run, in the words of the OCI image specification. */
export interface ImageConfig {
  Entrypoint: string[];
  Env?: string[];
  ExposedPorts?: Record<string, object>;
  StopSignal?: string;
}

/** A file system layer, ready to be part of several images. */
export interface Layer {
  blob: Buffer;
  diffId: string;
}

/** Packs files into a layer; the same files give the same bytes. */
export async function packLayer({ files, folders = [] }: ImageContent): Promise<Layer> {
  const root = mkdtempSync(join(tmpdir(), 'zdt-layer-'));
  try {
    for (const folder of folders) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    for (const file of files) {
      addFile(join(root, file.path), file);
    }
    const order = [
      '--sort=name',
      '--mtime=@0',
      '--owner=0',
      '--group=0',
      '--numeric-owner',
      '--mode=a+rX,u+w',
    ];
    const { stdout } = await execa('tar', ['-C', root, ...order, '-cf', '-', '.'], {
      encoding: 'buffer',
      maxBuffer: 2 ** 30,
    });
    const tar = Buffer.from(stdout);
    return { blob: gzipSync(tar, { level: 1 }), diffId: `sha256:${sha256(tar)}` };
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Writes an image as an OCI layout of one layer, which skopeo can push. */
export function writeImage(folder: string, tag: string, layer: Layer, config: ImageConfig): void {
  const blobs = join(folder, 'blobs', 'sha256');
  mkdirSync(blobs, { recursive: true });
  const put = (mediaType: string, blob: Buffer) => {
    writeFileSync(join(blobs, sha256(blob)), blob);
    return { mediaType, digest: `sha256:${sha256(blob)}`, size: blob.length };
  };
  const json = (value: object) => Buffer.from(JSON.stringify(value));
  const manifest = put(
    'application/vnd.oci.image.manifest.v1+json',
    json({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: put(
        'application/vnd.oci.image.config.v1+json',
        json({
          architecture: goArch(),
          os: 'linux',
          config,
          rootfs: { type: 'layers', diff_ids: [layer.diffId] },
        }),
      ),
      layers: [put('application/vnd.oci.image.layer.v1.tar+gzip', layer.blob)],
    }),
  );
  const ref = { ...manifest, annotations: { 'org.opencontainers.image.ref.name': tag } };
  writeFileSync(join(folder, 'index.json'), json({ schemaVersion: 2, manifests: [ref] }));
  writeFileSync(join(folder, 'oci-layout'), json({ imageLayoutVersion: '1.0.0' }));
}

function addFile(target: string, file: ImageFile): void {
  mkdirSync(dirname(target), { recursive: true });
  if ('from' in file) {
    cpSync(file.from, target, { dereference: true });
  } else {
    writeFileSync(target, file.content);
  }
  chmodSync(target, 'from' in file ? 0o755 : 0o644);
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function goArch(): string {
  return process.arch === 'x64' ? 'amd64' : process.arch;
}
