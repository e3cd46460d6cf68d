import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject } from 'vitest';
import type { ProbeResult } from '../src/index';
import { startFaultyServer, type FaultyServer } from '../test/probe/faulty-server';
import { oldestNode, programOf, type NodeVersion } from './nodes';
import { until } from './polling';
import { killAll, marker, processesOf, type Process } from './processes';
import { Run } from './run';

const command = fileURLToPath(new URL('../bin/zero-downtime.js', import.meta.url));
/** The most memory that a command takes, in MB, whatever is around it. */
const usualMegabytes = 300;

/** Where a case takes place: a folder, programs that are found before any other, and everything that it starts. */
export class Lab {
  readonly folder: string;
  private readonly programs: string;
  private readonly runs: Run[] = [];
  private readonly closing: (() => Promise<void> | void)[] = [];

  private constructor(
    private readonly root: string,
    private readonly node: NodeVersion,
    private readonly mostMegabytes: number,
  ) {
    this.folder = join(root, 'work');
    this.programs = join(root, 'programs');
    mkdirSync(this.folder);
    mkdirSync(this.programs);
    this.install('zero-downtime', `exec "${programOf(node)}" "${command}" "$@"`);
  }

  /**
   * Does what a case does. Whatever it is about, in the end every run must have ended in order: no stack trace, little memory,
   * nothing left running, and no temporary file.
   */
  static async use(
    work: (lab: Lab) => Promise<void>,
    node: NodeVersion = oldestNode,
    mostMegabytes = usualMegabytes,
  ): Promise<void> {
    const lab = new Lab(mkdtempSync(join(inject('runFolder'), 'case-')), node, mostMegabytes);
    try {
      await work(lab);
      await lab.expectOrder();
    } finally {
      killAll(lab.root);
      for (const close of lab.closing) {
        await close();
      }
    }
  }

  /** Runs the command. */
  start(...args: readonly string[]): Run {
    return this.shell('exec zero-downtime "$@"', ...args);
  }

  /** Runs a script of bash in which `zero-downtime` is the command. */
  shell(script: string, ...args: readonly string[]): Run {
    const marked = `${this.root}/`;
    const child = spawn('bash', ['-c', script, 'bash', ...args], {
      cwd: this.folder,
      env: {
        ...process.env,
        PATH: `${this.programs}${delimiter}${process.env.PATH}`,
        [marker]: marked,
      },
    });
    const run = new Run(child, marked, `${programOf(this.node)} ${command}`);
    this.runs.push(run);
    return run;
  }

  /** Starts a server that answers every request. */
  async serve(): Promise<FaultyServer> {
    const server = await startFaultyServer(() => 'ok');
    this.closeLater(() => server.close());
    return server;
  }

  /** Closes something when the case is over. */
  closeLater(close: () => Promise<void> | void): void {
    this.closing.push(close);
  }

  /** Writes a program that is found before any other of its name. */
  install(name: string, script: string): void {
    writeFileSync(join(this.programs, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  write(name: string, content: string): void {
    writeFileSync(join(this.folder, name), content);
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, name));
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  /** What `--json out.json` wrote. */
  result(): ProbeResult {
    return JSON.parse(this.read('out.json')) as ProbeResult;
  }

  files(): string[] {
    return readdirSync(this.folder).sort();
  }

  /** Everything of this case that is alive. */
  alive(): Process[] {
    return processesOf(`${this.root}/`);
  }

  /** Ends everything of this case, where that is right. */
  endOthers(): void {
    killAll(`${this.root}/`);
  }

  private async expectOrder(): Promise<void> {
    for (const run of this.runs) {
      const { stderr, megabytes, hung } = await run.ended;
      expect(hung, 'ended by the test').toBe(false);
      expect(stderr).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
      expect(megabytes, 'memory in MB').toBeLessThanOrEqual(this.mostMegabytes);
    }
    // What a signal ends is gone a moment later.
    await until('nothing to be left', () => this.alive().length === 0).catch(() => undefined);
    expect(this.alive()).toEqual([]);
    expect(this.files().filter((name) => name.endsWith('.tmp'))).toEqual([]);
  }
}
