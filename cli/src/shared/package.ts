import { readFileSync } from 'node:fs';

/** A file of this package. The folder of this module has the same depth in the sources and in what is built. */
export function fileOfPackage(path: string): URL {
  return new URL(`../../${path}`, import.meta.url);
}

/** The version of this package. */
export function readVersion(): string {
  return (JSON.parse(readFileSync(fileOfPackage('package.json'), 'utf8')) as { version: string }).version;
}
