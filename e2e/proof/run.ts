import { onInterrupt } from '../cluster/attempt';
import { Progress } from '../cluster/progress';
import { Session } from './session';

/** What a command that needs a cluster works with. */
export interface Run {
  readonly progress: Progress;
  readonly session: Session;
  /** Aborted when the command is interrupted. */
  readonly signal: AbortSignal;
}

/** How a command came to its end. */
export interface Ending {
  readonly ok: boolean;
  /** What it says last, on standard output. */
  readonly summary?: string;
}

/**
 * Runs a command that needs a cluster, which it gets from `session.open()`. However it ends, by itself, by an error or by a
 * signal, the machine is left as it was found. The exit status is 0 if the command says that all is well.
 */
export async function run(command: (run: Run) => Promise<Ending>): Promise<void> {
  const progress = new Progress();
  const session = new Session(progress);
  const interrupt = new AbortController();
  onInterrupt((signal) => {
    interrupt.abort();
    return session.giveUp(`stopped by ${signal}`);
  });
  try {
    const { ok, summary } = await command({ progress, session, signal: interrupt.signal });
    await session.close();
    if (summary !== undefined) {
      console.log(summary);
    }
    process.exitCode = ok ? 0 : 1;
  } catch (error) {
    if (!interrupt.signal.aborted) {
      await session.giveUp((error as Error).message);
    }
    process.exitCode = 1;
  }
}
