import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of everything that a running cluster writes; removed when it stops. */
export const RUN = '/var/tmp/cdk8s-zero-downtime';

/** Files of the running cluster. */
export const runPath = (...parts: string[]): string => join(RUN, ...parts);

/** What is worth keeping between clusters: built binaries, images, logs of failed starts. */
export const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-zero-downtime');

/** The folder `e2e` of the repository. */
export const E2E = fileURLToPath(new URL('..', import.meta.url));

/** Admin kubeconfig of the running cluster. */
export const KUBECONFIG = runPath('kubeconfig');

/** The root of the repository. */
export const REPOSITORY = join(E2E, '..');
