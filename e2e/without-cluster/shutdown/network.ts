import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as after } from 'node:timers';

/**
 * The network between clients and pods: it delays everything, sends new connections to one pod, and leaves open
 * connections with their pods.
 */
export class Network {
  /** @param delayMs the delay in each direction */
  static async to(podPort: number, delayMs: number): Promise<Network> {
    const network = new Network(podPort, delayMs);
    network.server.listen(0, '127.0.0.1');
    await once(network.server, 'listening');
    return network;
  }

  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private podPort: number,
    private readonly delayMs: number,
  ) {
    this.server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.connect(client));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** From now on new connections go to this pod. */
  sendNewConnectionsTo(podPort: number): void {
    this.podPort = podPort;
  }

  /** How many connections a pod has. */
  connectionsTo(podPort: number): number {
    return [...this.sockets].filter(({ remotePort }) => remotePort === podPort).length;
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) {
      socket.destroy();
    }
  }

  private connect(client: Socket): void {
    const pod = connect({ port: this.podPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    this.pass(client, pod);
    this.pass(pod, client);
  }

  private pass(from: Socket, to: Socket): void {
    this.sockets.add(from);
    from.on('close', () => this.sockets.delete(from));
    from.on('data', (data) => after(() => to.write(data), this.delayMs));
    from.on('end', () => after(() => to.end(), this.delayMs));
    from.on('error', () => after(() => to.resetAndDestroy(), this.delayMs));
  }
}
