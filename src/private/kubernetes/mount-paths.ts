import { posix } from 'node:path';
import { Refusal } from '../refusals/refusal';

/** Folders that an image needs as they are, and what a volume over each would hide. */
const SYSTEM_FOLDERS: Record<string, string> = {
  ...foldersOf('the whole image', '/'),
  ...foldersOf(
    'the programs of the image',
    '/bin',
    '/sbin',
    '/usr/bin',
    '/usr/sbin',
    '/usr/local/bin',
    '/usr/local/sbin',
  ),
  ...foldersOf(
    'the libraries of the image',
    '/lib',
    '/lib32',
    '/lib64',
    '/usr/lib',
    '/usr/lib64',
    '/usr/local/lib',
  ),
  ...foldersOf('the libraries of the image', '/lib/x86_64-linux-gnu', '/usr/lib/x86_64-linux-gnu'),
  ...foldersOf('the libraries of the image', '/lib/aarch64-linux-gnu', '/usr/lib/aarch64-linux-gnu'),
  ...foldersOf('the programs and libraries of the image', '/usr', '/usr/local', '/usr/libexec', '/usr/share'),
  ...foldersOf('the users, host names, certificates and time zone of the image', '/etc'),
  ...foldersOf('a file of the system', '/etc/passwd', '/etc/group', '/etc/shadow', '/etc/nsswitch.conf'),
  ...foldersOf('a file of the container', '/etc/hosts', '/etc/hostname', '/etc/resolv.conf'),
  ...foldersOf("the image's packages, caches and logs", '/var', '/var/lib'),
  ...foldersOf('the devices of the container', '/dev'),
  ...foldersOf('the settings of the kernel', '/sys'),
  ...foldersOf('the processes of the container', '/proc'),
};

function foldersOf(what: string, ...folders: string[]): Record<string, string> {
  return Object.fromEntries(folders.map((folder) => [folder, what]));
}

/**
 * Refuses to mount a volume over a folder of the system.
 */
export function checkMountPath(prop: string, path: string): void {
  const refusal = mountPathRefusal(prop, path);
  if (refusal) {
    throw refusal;
  }
}

/**
 * The refusal of a mount over a folder of the system, which would hide what the image has there.
 */
export function mountPathRefusal(prop: string, path: string): Refusal | undefined {
  const folder = path.startsWith('/') ? posix.resolve(path) : '';
  // Container runtimes mount nothing inside of /proc.
  const hidden = folder.startsWith('/proc/') ? SYSTEM_FOLDERS['/proc'] : SYSTEM_FOLDERS[folder];
  return hidden === undefined
    ? undefined
    : new Refusal(
        prop,
        JSON.stringify(path),
        `a volume there hides ${hidden}, without which the program does not start or fails later`,
        `Write a folder that nothing else needs, for example '${folder.startsWith('/etc') ? '/etc/app' : '/data'}'`,
      );
}
