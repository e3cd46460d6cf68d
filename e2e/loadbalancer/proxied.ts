import { run } from '../cluster/shell';
import { Haproxy } from './haproxy';
import { backendName, haproxyConfig, serverNames } from './haproxy-config';
import { type AdminState, adminState, type Member, Registrations } from './registrations';
import { type BalancedService, keyOf, type Target } from './service';

/** The proxying load balancer: its addresses, HAProxy, and the states of its targets. */
export class ProxiedBalancer {
  private readonly haproxy: Haproxy;
  private readonly registrations = new Registrations();
  private addresses = new Set<string>();
  private states = new Map<string, AdminState>();

  constructor(
    private readonly namespace: string,
    private readonly sources: readonly string[],
    private readonly folder: string,
  ) {
    this.haproxy = new Haproxy(namespace, folder);
  }

  /** Makes HAProxy serve these Services on these nodes. */
  async apply(
    services: readonly BalancedService[],
    addresses: ReadonlyMap<string, string>,
    nodes: readonly Target[],
  ): Promise<string[]> {
    const served = services.filter((service) => addresses.has(keyOf(service)));
    const longest = Math.max(0, ...served.map(({ settings }) => settings.deregistrationSeconds));
    const now = Date.now();
    const members = this.registrations.update(nodes, now, longest);
    await this.listenOn(new Set(addresses.values()));
    const config = haproxyConfig(served, addresses, members, { folder: this.folder, sources: this.sources });
    const reloaded = await this.haproxy.configure(config);
    const changes = await this.setStates(served, members, now);
    return reloaded ? ['haproxy: new configuration', ...changes] : changes;
  }

  private async listenOn(addresses: Set<string>): Promise<void> {
    for (const address of addresses) {
      if (!this.addresses.has(address)) {
        await run('ip', ['-n', this.namespace, 'address', 'replace', `${address}/32`, 'dev', 'lo']);
      }
    }
    this.addresses = addresses;
  }

  private async setStates(
    services: readonly BalancedService[],
    members: Member[],
    now: number,
  ): Promise<string[]> {
    const before = this.states;
    this.states = new Map();
    const changes: string[] = [];
    for (const service of services) {
      for (const member of members) {
        const state = adminState(member, service.settings, now);
        for (const { port } of service.ports) {
          const backend = backendName(service, port);
          const key = `${backend}/${member.name}`;
          this.states.set(key, state);
          if (before.get(key) !== state) {
            changes.push(...(await this.setState(backend, member, state)));
          }
        }
      }
    }
    return changes;
  }

  /** A target whose deregistration delay is over loses its connections. */
  private async setState(backend: string, member: Member, state: AdminState): Promise<string[]> {
    const [first, ...others] = serverNames(member, this.sources).map((name) => `server ${backend}/${name}`);
    const commands = [`set ${first} state ${state}`];
    if (state === 'maint') {
      commands.push(...[first, ...others].map((server) => `shutdown sessions ${server}`));
    }
    for (const command of commands) {
      await this.haproxy.command(command);
    }
    return commands;
  }
}
