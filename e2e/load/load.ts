import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ProbeResult } from 'zero-downtime';
import type { Client } from '../cluster/cluster';
import { REPOSITORY } from '../cluster/paths';
import { LONGEST_LOAD } from '../timeouts';
import type { LoadProfile } from './profile';

/**
 * `zero-downtime probe`, running in the client's network namespace. It stops by itself when this process
 * ends, since its standard input ends with it.
 */
export class Load {
  private output = '';
  /** Resolves when the first request is sent. */
  private readonly running: Promise<void>;

  /**
   * Starts the load, which goes on until {@link stop}, and returns when its first request is sent.
   * @throws Error with what the probe said if it ended at once
   */
  static async start(url: string, client: Client, profile: LoadProfile, resultFile: string): Promise<Load> {
    mkdirSync(dirname(resultFile), { recursive: true });
    rmSync(resultFile, { force: true });
    const probe = [
      join(REPOSITORY, 'cli/bin/zero-downtime.js'),
      ...['probe', url, '--follow-stdin', '--duration', `${LONGEST_LOAD}s`, '--json', resultFile],
      ...profile.request,
      ...['--rate', String(profile.rate)],
      ...['--connections', String(profile.connections)],
      ...['--keep-alive-interval', `${profile.keepAliveIntervalMs}ms`],
      ...['--slow-rate', String(profile.slowRate), '--slow-path', profile.slowPath],
      ...client.addresses.flatMap((address) => ['--local-address', address]),
    ];
    const command = [process.execPath, ...probe];
    // The probe has a higher priority than what it measures: it must keep its schedule on a busy machine.
    const inClient = client.namespace
      ? ['nice', '-n', '-10', 'ip', 'netns', 'exec', client.namespace, ...command]
      : command;
    const child = spawn(inClient[0], inClient.slice(1), { stdio: ['pipe', 'pipe', 'pipe'] });
    const load = new Load(child, resultFile);
    await load.running;
    return load;
  }

  private constructor(
    private readonly process: ChildProcess,
    private readonly resultFile: string,
  ) {
    for (const stream of [process.stdout!, process.stderr!]) {
      stream.on('data', (data: Buffer) => (this.output += data));
    }
    // A probe that has already ended says why in its output.
    process.stdin!.on('error', () => undefined);
    this.running = new Promise((resolve, reject) => {
      process.stderr!.on('data', () => {
        if (this.output.includes('probing ')) {
          resolve();
        }
      });
      process.once('error', reject);
      process.once('close', () => reject(this.noResult()));
    });
  }

  /** Puts a mark on the timeline. */
  mark(label: string): void {
    this.process.stdin!.write(`${label}\n`);
  }

  /**
   * Ends the load, waits for the last answers and returns what was measured.
   * @throws Error if the probe ended before, or without a result
   */
  async stop(): Promise<ProbeResult> {
    const { exitCode, signalCode } = this.process;
    if (exitCode !== null || signalCode !== null) {
      throw new Error(`the load ended before the scenario did:\n${this.output.slice(-2000)}`);
    }
    this.process.stdin!.end();
    await once(this.process, 'exit');
    if (!existsSync(this.resultFile)) {
      throw this.noResult();
    }
    return JSON.parse(readFileSync(this.resultFile, 'utf8')) as ProbeResult;
  }

  private noResult(): Error {
    return new Error(`zero-downtime probe gave no result:\n${this.output.slice(-2000)}`);
  }
}
