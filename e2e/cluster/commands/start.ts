import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CACHE, KUBECONFIG, runPath } from '../paths';
import { Progress } from '../progress';
import { start } from '../start';
import type { State } from '../state';
import { teardown } from '../teardown';

const USAGE = 'usage: npm run cluster:start -- [--proxy-mode nftables|iptables] [--keep]';

const { values } = parseArgs({
  options: {
    'proxy-mode': { type: 'string', default: 'nftables' },
    keep: { type: 'boolean', default: false },
  },
});
const proxyMode = values['proxy-mode'];
const progress = new Progress();
let state: State | undefined;
let leaving: Promise<never> | undefined;

if (proxyMode !== 'nftables' && proxyMode !== 'iptables') {
  console.error(USAGE);
  process.exit(1);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void giveUp(`stopped by ${signal}`, 130));
}

const begin = Date.now();
try {
  await start({ proxyMode, onState: (made) => (state = made) }, progress);
  progress.say(`The cluster is up after ${((Date.now() - begin) / 1000).toFixed(0)} s.`);
  console.log(`export KUBECONFIG=${KUBECONFIG}`);
} catch (error) {
  await giveUp((error as Error).message, 1);
}

/** Removes what was started, keeps the logs, says why and ends; only the first call counts. */
function giveUp(reason: string, exitCode: number): Promise<never> {
  leaving ??= leave(reason, exitCode);
  return leaving;
}

async function leave(reason: string, exitCode: number): Promise<never> {
  progress.say(`\n${reason}`);
  const folder = runPath('logs');
  if (state && existsSync(folder)) {
    const kept = join(CACHE, 'logs', new Date().toISOString().replaceAll(':', '-'));
    cpSync(folder, kept, { recursive: true });
    progress.say(`Logs are kept in ${kept}`);
  }
  if (state && values.keep)
    progress.say('What was started is kept for a look: npm run cluster:stop removes it');
  else if (state) {
    state.close();
    await teardown(state).then(
      () => progress.say('Everything that was started is removed again.'),
      (error: Error) => progress.say(error.message),
    );
  }
  process.exit(exitCode);
}
