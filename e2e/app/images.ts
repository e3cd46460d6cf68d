import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, goProgram, type ImageGroup } from '../cluster/image-group';
import type { ImageConfig, ImageFile } from '../cluster/oci';
import { E2E } from '../cluster/paths';
import { run } from '../cluster/shell';

const APP = join(E2E, 'app');
const WEB = { ExposedPorts: { '80/tcp': {} } };
/** The images that the proof deploys: the article's application and servers as found in the field. */
export const APP_IMAGES: ImageGroup[] = [
  {
    repository: 'jahongirr/myapp',
    tags: {
      '1': myapp('VERSION=1'),
      '2': myapp('VERSION=2'),
      // Versions 2 that do not work.
      crash: myapp('VERSION=2', 'CRASH_AFTER=5s'),
      'never-ready': myapp('VERSION=2', 'NEVER_READY=true'),
    },
    content: (work) => goProgram(work, 'myapp'),
  },
  {
    // What the manifests beside the rules of `zero-downtime check` run.
    repository: 'shop/web',
    tags: {
      '1.4.2': myapp('VERSION=1.4.2', 'PORT=8080', 'START_DELAY=3s'),
      '1.5.0': myapp('VERSION=1.5.0', 'PORT=8080', 'START_DELAY=3s'),
    },
    content: (work) => goProgram(work, 'myapp'),
  },
  {
    // The same, for a trial that pushes a bad image under a tag that is in use.
    repository: 'shop/search',
    tags: {
      ...Object.fromEntries(
        ['1.4.2', '1.5.0', 'good'].map((tag) => [tag, myapp('PORT=8080', 'START_DELAY=3s')]),
      ),
      bad: myapp('PORT=8080', 'START_DELAY=3s', 'NEVER_READY=true'),
    },
    content: (work) => goProgram(work, 'myapp'),
  },
  {
    repository: 'library/node-web',
    tags: { '1': nodeWeb('VERSION=1'), '2': nodeWeb('VERSION=2') },
    content: nodeContent,
  },
  {
    repository: 'library/nginx-unprivileged',
    tags: {
      '1.22': {
        ExposedPorts: { '8080/tcp': {} },
        Entrypoint: ['/usr/sbin/nginx', '-c', '/etc/nginx/nginx.conf', '-g', 'daemon off;'],
        StopSignal: 'SIGQUIT',
      },
    },
    content: nginxContent,
  },
  {
    repository: 'library/haproxy-debian',
    tags: {
      // As the official image has them.
      '2.6.12': { Env: ['PATH=/usr/sbin'], Entrypoint: ['haproxy'], StopSignal: 'SIGUSR1' },
    },
    content: haproxyContent,
  },
];

/** The files that decide what is in the images. */
export function appSources(): string[] {
  return filesBelow(APP);
}

function myapp(...Env: string[]): ImageConfig {
  return { ...WEB, Entrypoint: ['/myapp'], Env };
}

function nodeWeb(...Env: string[]): ImageConfig {
  return { ...WEB, Entrypoint: ['/usr/local/bin/node', '/app/server.mjs'], Env };
}

/** Node as it is installed here, with the libraries that it loads. */
async function nodeContent(): Promise<{ files: ImageFile[]; folders: string[] }> {
  const node = realpathSync(process.execPath);
  return {
    files: [
      { path: '/usr/local/bin/node', from: node },
      { path: '/app/server.mjs', from: join(APP, 'node-web', 'server.mjs') },
      ...(await libraries(node)),
    ],
    folders: ['/tmp'],
  };
}

/** HAProxy from its Debian package, with the libraries that it loads. */
async function haproxyContent(work: string): Promise<{ files: ImageFile[]; folders: string[] }> {
  await unpackDebian(work, 'haproxy');
  const binary = join(work, 'root/usr/sbin/haproxy');
  return {
    files: [{ path: '/usr/sbin/haproxy', from: binary }, ...(await libraries(binary))],
    folders: ['/tmp'],
  };
}

/** Downloads Debian packages and unpacks them into `root`. */
async function unpackDebian(work: string, ...packages: string[]): Promise<void> {
  mkdirSync(work, { recursive: true });
  const download = `apt-get download -qq ${packages.join(' ')}`;
  await run('sh', ['-c', `${download} || { apt-get update -qq && ${download}; }`], { cwd: work });
  await run('sh', ['-c', 'for package in *.deb; do dpkg --extract "$package" root; done'], { cwd: work });
}

/** nginx from its Debian package, with the libraries that it loads. */
async function nginxContent(work: string): Promise<{ files: ImageFile[]; folders: string[] }> {
  await unpackDebian(work, 'nginx', 'nginx-common');
  const from = (path: string) => ({ path, from: join(work, 'root', path) });
  return {
    files: [
      from('/usr/sbin/nginx'),
      from('/usr/share/nginx/html/index.html'),
      from('/etc/nginx/mime.types'),
      { path: '/etc/nginx/nginx.conf', from: join(APP, 'nginx', 'nginx.conf') },
      { path: '/etc/passwd', content: 'root:x:0:0::/:/bin/false\nnobody:x:65534:65534::/:/bin/false\n' },
      { path: '/etc/group', content: 'root:x:0:\nnogroup:x:65534:\n' },
      ...(await libraries(join(work, 'root/usr/sbin/nginx'))),
    ],
    folders: ['/tmp', '/run', '/var/cache/nginx', '/var/lib/nginx', '/var/log/nginx'],
  };
}

/** The shared libraries of a binary, found by the loader of this machine. */
async function libraries(binary: string): Promise<ImageFile[]> {
  const lines = (await run('ldd', [binary])).split('\n');
  return lines
    .map((line) => /(\/\S+) \(0x/.exec(line)?.[1])
    .filter((path) => path !== undefined)
    .map((path) => ({ path, from: path }));
}
