import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningCommand } from '../../probe/command.js';
import type { ProbeRun } from '../../probe/probe.js';

/** Signals this close together count as one: npx and timeout pass on what the terminal sends to all processes. */
const sameRequestMs = 1000;

/** How long to wait until a line is shown before the probe pauses. */
const pauseAfterMs = 200;

/**
 * What each signal does while a probe runs. The COMMAND never ends because of the probe: only SIGINT and SIGTERM, which
 * somebody sends on purpose, are passed on to it, and only once.
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

  /** Takes the COMMAND when it starts. */
  watch(command: RunningCommand): void {
    this.command = command;
    process.on('SIGTSTP', this.pause);
    void command.ended.then(() => {
      this.command = undefined;
      process.off('SIGTSTP', this.pause);
    });
  }

  /** From now on signals have their default effect, except one that only repeats the last (see sameRequestMs). */
  release(): void {
    this.isReleased = true;
    process.off('SIGTSTP', this.pause);
  }

  /** Somebody wants the probe to end. */
  private ask(signal: NodeJS.Signals): void {
    if (this.askedAt !== undefined) {
      if (performance.now() - this.askedAt > sameRequestMs) {
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
        `${signal} is passed on to ${this.name}, which is waited for; once more to leave it at work`,
      );
    } else {
      void this.say(`${signal}: the answers in flight are waited for; once more to wait no longer`);
    }
  }

  /** Somebody wants the probe to end at once. */
  private quit(signal: NodeJS.Signals): void {
    if (this.isReleased) {
      return this.byDefault(signal);
    }
    this.ending = true;
    void this.run.abandon(`${signal} came`);
    if (!this.command) {
      return;
    }
    void this.say(`${signal}: waiting no longer; ${this.name} goes on`);
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
      void this.say(`${signal}: no more requests are sent; ${this.goesOn}`);
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
      void this.say(`--duration is over: no more requests are sent; ${this.goesOn}`);
    }
  }

  private stop(signal: NodeJS.Signals): void {
    this.ending = true;
    void this.run.stop(`${signal} came`);
  }

  /** Pauses like every process on this signal, but first says that the COMMAND does not. */
  private readonly pause = (signal: NodeJS.Signals) => {
    void this.standStill(signal);
  };

  private async standStill(signal: NodeJS.Signals): Promise<void> {
    process.off(signal, this.pause);
    process.once('SIGCONT', () => this.command && process.on(signal, this.pause));
    await Promise.race([
      this.say(`${signal}: the probe stands still; ${this.name} goes on`),
      sleep(pauseAfterMs),
    ]);
    process.kill(process.pid, signal);
  }

  private get name(): string {
    return `the command (pid ${this.command?.pid})`;
  }

  private get goesOn(): string {
    return `${this.name} goes on and is waited for`;
  }
}
