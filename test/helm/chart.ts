import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildGoProgram } from '../../scripts/build-go-program';

const ROOT = join(__dirname, '..', '..');

/** Builds Helm and returns its path. */
export function buildHelm(): string {
  return buildGoProgram(__dirname, 'helm', 'helm.sh/helm/v3/cmd/helm');
}

/** Synthesizes an example as a Helm chart below a folder and returns the chart's. */
export function synthChart(example: string, folder: string): string {
  const chart = join(folder, example);
  const cdk8s = join(ROOT, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s');
  const app = `${process.execPath} --import tsx ${join(ROOT, 'examples', example, 'main.ts')}`;
  const options = ['--format', 'helm', '--chart-version', '1.0.0', '--check-upgrade=false'];
  execFileSync(process.execPath, [cdk8s, 'synth', '--app', app, '--output', chart, ...options], {
    cwd: folder,
    env: { ...process.env, TSX_TSCONFIG_PATH: join(ROOT, 'tsconfig.dev.json') },
  });
  return chart;
}
