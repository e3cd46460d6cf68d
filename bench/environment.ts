import { createRequire } from 'node:module';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import { currentCommit } from '../figures/commit';

/** Where and with what a run was made; no names and no paths of the machine. */
export interface Environment {
  readonly date: string;
  /** Commit of the library. */
  readonly commit: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGibibytes: number;
  readonly system: string;
  /** Average of running processes in the minute before the run: near 0 on an idle machine. */
  readonly loadBefore: number;
  readonly versions: Record<string, string>;
}

const require = createRequire(import.meta.url);
const PACKAGES = ['cdk8s', 'cdk8s-plus-27', 'constructs'];

/** The environment of a run that starts now. */
export function environment(): Environment {
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: currentCommit(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: cpus().length,
    memoryGibibytes: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    loadBefore: Number(loadavg()[0].toFixed(1)),
    versions: {
      Node: process.versions.node,
      'cdk8s-zero-downtime': require('../package.json').version,
      ...Object.fromEntries(PACKAGES.map((name) => [name, require(`${name}/package.json`).version])),
    },
  };
}
