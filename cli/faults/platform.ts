import { describe } from 'vitest';

/** /proc, namespaces, and the programs of Node.js that package.json names. */
export const isSupported = process.platform === 'linux' && process.arch === 'x64';

/** A group of tests that elsewhere are shown as skipped. */
export const onLinux = describe.runIf(isSupported);
