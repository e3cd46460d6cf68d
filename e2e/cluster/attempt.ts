import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ProxyMode } from './cluster';
import type { LocalCluster } from './local-cluster';
import { CACHE, runPath } from './paths';
import type { Progress } from './progress';
import { start } from './start';
import type { State } from './state';
import { teardown } from './teardown';

/** The start of a cluster, which can be given up at any moment without leaving anything behind. */
export class Attempt {
  private state?: State;
  private leaving?: Promise<void>;

  /** @param keep whether what was started is left running for a look when the start is given up */
  constructor(
    private readonly progress: Progress,
    private readonly keep = false,
  ) {}

  /** Starts the cluster. When this throws, {@link giveUp} removes what there is. */
  start(proxyMode: ProxyMode): Promise<LocalCluster> {
    return start({ proxyMode, onState: (made) => (this.state = made) }, this.progress);
  }

  /** Prints the reason, keeps the logs and removes what was started; only the first call does so. */
  giveUp(reason: string): Promise<void> {
    this.leaving ??= this.leave(reason);
    return this.leaving;
  }

  private async leave(reason: string): Promise<void> {
    const { progress, state } = this;
    progress.say(`\n${reason}`);
    if (!state) {
      return;
    }
    this.keepLogs();
    if (this.keep) {
      progress.say('What was started is left running for a look. Remove it with npm run cluster:stop');
      return;
    }
    state.close();
    await teardown(state).then(
      () => progress.say('Everything that was started has been removed.'),
      (error: Error) => progress.say(error.message),
    );
  }

  private keepLogs(): void {
    const folder = runPath('logs');
    if (!existsSync(folder)) {
      return;
    }
    const kept = join(CACHE, 'logs', new Date().toISOString().replaceAll(':', '-'));
    try {
      cpSync(folder, kept, { recursive: true });
      this.progress.say(`Logs are kept in ${kept}`);
    } catch (error) {
      this.progress.say(`The logs could not be kept: ${(error as Error).message}`);
    }
  }
}

/** Calls `leave` at the first signal that asks this process to end, and ends it after that. */
export function onInterrupt(leave: (signal: NodeJS.Signals) => Promise<void>): void {
  let leaving: Promise<void> | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      leaving ??= leave(signal).finally(() => process.exit(130));
    });
  }
}
