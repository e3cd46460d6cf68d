import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningCommand } from '../../probe/command.js';
import type { ProbeRun } from '../../probe/probe.js';

/** Signals this close together count as one: npx and timeout pass on what the terminal sends to all processes. */
const SAME_REQUEST_MS = 1000;

/** How long to wait until a line is shown before the probe pauses. */
const PAUSE_AFTER_MS = 200;

/**
 * What each signal does while a probe runs. The probe never ends the COMMAND: it only passes SIGINT and SIGTERM on, which are
 * sent on purpose, and only once.
 */
export class Signals {
  private command: RunningCommand | undefined;
  private askedAt: number | undefined;
  private ending = false;
  private isReleased = false;
  private readonly listeners: readonly [NodeJS.Signals, NodeJS.SignalsListener][] = [
    ['SIGINT', (signal) => this.ask(signal)],
    ['SIGTERM', (signal) => this.ask(signal)],
    ['SIGHUP', (signal) => this.hangUp(signal)],
    ['SIGQUIT', (signal) => this.quit(signal)],
  ];

  /** @param say shows a line and resolves when it is shown */
  constructor(
    private readonly run: ProbeRun,
    private readonly say: (text: string) => Promise<void>,
  ) {
    for (const [signal, listener] of this.listeners) {
      process.on(signal, listener);
    }
    run.ended.addEventListener('abort', () => this.timeIsOver());
  }

  /** Gets the COMMAND when it starts. */
  watch(command: RunningCommand): void {
    this.command = command;
    process.on('SIGTSTP', this.pause);
    void command.ended.then(() => {
      this.command = undefined;
      process.off('SIGTSTP', this.pause);
    });
  }

  /** From now on signals have their default effect, except one that only repeats the last (see SAME_REQUEST_MS). */
  release(): void {
    this.isReleased = true;
    process.off('SIGTSTP', this.pause);
  }

  /** Ends the probe in order, on request. */
  private ask(signal: NodeJS.Signals): void {
    if (this.askedAt !== undefined) {
      if (performance.now() - this.askedAt > SAME_REQUEST_MS) {
        this.quit(signal);
      }
      return;
    }
    if (this.isReleased) {
      return this.byDefault(signal);
    }
    this.askedAt = performance.now();
    this.stop(signal);
    if (this.command) {
      this.command.kill(signal);
      void this.say(
        `${signal} passed on to ${this.name}, waiting for it; repeat the signal to leave it running`,
      );
    } else {
      void this.say(`${signal}: waiting for the answers in flight; repeat the signal to stop waiting`);
    }
  }

  /** Ends the probe at once, on request. */
  private quit(signal: NodeJS.Signals): void {
    if (this.isReleased) {
      return this.byDefault(signal);
    }
    this.ending = true;
    void this.run.abandon(`${signal} came`);
    if (!this.command) {
      return;
    }
    void this.say(`${signal}: no longer waiting; ${this.name} keeps running`);
    this.command.leave();
  }

  /** The terminal is gone. Nobody asked for the COMMAND to end. */
  private hangUp(signal: NodeJS.Signals): void {
    if (this.isReleased) {
      return this.byDefault(signal);
    }
    if (this.ending) {
      return;
    }
    this.stop(signal);
    if (this.command) {
      void this.say(`${signal}: no more requests are sent; ${this.keepsRunning}`);
    }
  }

  private byDefault(signal: NodeJS.Signals): void {
    for (const [other, listener] of this.listeners) {
      process.off(other, listener);
    }
    process.kill(process.pid, signal);
  }

  private timeIsOver(): void {
    if (this.command && !this.ending) {
      void this.say(`--duration is over: no more requests are sent; ${this.keepsRunning}`);
    }
  }

  private stop(signal: NodeJS.Signals): void {
    this.ending = true;
    void this.run.stop(`${signal} came`);
  }

  /** Pauses like every process on this signal, but first says that the COMMAND does not. */
  private readonly pause = (signal: NodeJS.Signals) => {
    void this.pauseNow(signal);
  };

  private async pauseNow(signal: NodeJS.Signals): Promise<void> {
    process.off(signal, this.pause);
    process.once('SIGCONT', () => this.command && process.on(signal, this.pause));
    await Promise.race([
      this.say(`${signal}: the probe pauses; ${this.name} keeps running`),
      sleep(PAUSE_AFTER_MS),
    ]);
    process.kill(process.pid, signal);
  }

  private get name(): string {
    return `the command (pid ${this.command?.pid})`;
  }

  private get keepsRunning(): string {
    return `${this.name} keeps running, and the probe waits for it`;
  }
}
