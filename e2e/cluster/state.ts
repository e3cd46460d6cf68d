import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { ProxyMode } from './cluster';
import type { Binaries } from './components/context';
import { RUN, runPath } from './paths';

/** One thing that was made on this machine and has to go again. */
export interface Item {
  kind: 'namespace' | 'link' | 'cgroup' | 'mount' | 'sysctl';
  name: string;
  /** For a sysctl: the value it had. */
  value?: string;
}

/** A running component: its process group leader and when that started, so that a reused id is told apart. */
export interface RunningProcess {
  pid: number;
  started: string;
}

interface Content {
  /** Where each built binary is. */
  binaries: Record<string, string>;
  items: Item[];
  processes: Record<string, RunningProcess>;
  proxyMode: ProxyMode;
}

/** The file that says what exists of a cluster. It is written before each thing is made. */
export class State {
  private static readonly file = runPath('state.json');

  private closed = false;

  private constructor(private readonly content: Content) {}

  /** Whether a cluster was started on this machine, or half-started, and not stopped. */
  static exists(): boolean {
    return existsSync(State.file);
  }

  /** A new, empty state. */
  static create(proxyMode: ProxyMode, binaries: Record<string, string>): State {
    mkdirSync(RUN, { recursive: true, mode: 0o755 });
    const state = new State({ binaries, items: [], processes: {}, proxyMode });
    state.write();
    return state;
  }

  /** The state of the cluster that runs here. */
  static load(): State {
    return new State(JSON.parse(readFileSync(State.file, 'utf8')));
  }

  get items(): readonly Item[] {
    return this.content.items;
  }

  /** Where a built binary is. */
  readonly bin: Binaries = (name) => this.content.binaries[name];

  get proxyMode(): ProxyMode {
    return this.content.proxyMode;
  }

  set proxyMode(mode: ProxyMode) {
    this.content.proxyMode = mode;
    this.write();
  }

  /** Notes that `item` is about to be made. */
  add(item: Item): void {
    this.content.items.push(item);
    this.write();
  }

  process(name: string): RunningProcess | undefined {
    return this.content.processes[name];
  }

  setProcess(name: string, running: RunningProcess): void {
    this.content.processes[name] = running;
    this.write();
  }

  forgetProcess(name: string): void {
    delete this.content.processes[name];
    this.write();
  }

  /** From now on nothing may be made any more: a start that is still under way fails at its next step. */
  close(): void {
    this.closed = true;
  }

  private write(): void {
    if (this.closed) {
      throw new Error('interrupted');
    }
    writeFileSync(`${State.file}.new`, JSON.stringify(this.content, null, 1));
    renameSync(`${State.file}.new`, State.file);
  }
}
