/** A volume of the pod and where it is mounted. */
export interface MountedVolume {
  readonly name: string;
  readonly path: string;
}

/** Absolute, below `/`, and without `.` and `..`. */
export const MOUNT_PATH = /^(\/(?!\.{1,2}(\/|$))[\w.-]+)+$/;

/**
 * Name of the volume that we mount at a path: `var-cache` for `/var/cache`.
 *
 * @returns nothing if no volume can be mounted there or have such a name
 */
export function volumeName(path: string): string | undefined {
  const name = (path.toLowerCase().match(/[a-z0-9]+/g) ?? []).join('-');
  return MOUNT_PATH.test(path) && /^.{1,63}$/.test(name) ? name : undefined;
}
