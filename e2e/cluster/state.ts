import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { ProxyMode } from './cluster';
import type { Binaries } from './components/context';
import { RUN, runPath } from './paths';

/** Something that was made on this machine and has to be removed again. */
export interface Item {
  kind: 'namespace' | 'link' | 'cgroup' | 'mount' | 'sysctl';
  name: string;
  /** For a sysctl: the value it had. */
  value?: string;
}

/** A running component: the leader of its process group and when that started, since process ids are reused. */
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

/** The file with everything that was made for a cluster. Each entry is written before the thing is made. */
export class State {
  private static readonly file = runPath('state.json');

  private closed = false;

  private constructor(private readonly content: Content) {}

  /** Whether a cluster was started on this machine, completely or in part, and not stopped. */
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

  /** Refuses new entries from now on: a start that is under way fails at its next step. */
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
