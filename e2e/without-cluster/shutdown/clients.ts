import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { WITHOUT_CLUSTER_TIMEOUTS } from '../../timeouts';

/** Clients that keep one connection each. Each waits for its answer, then pauses; no request is repeated. */
export class Clients {
  readonly failures: string[] = [];
  private readonly answered: number[];
  private readonly running: Promise<unknown>;
  private leaving = false;

  /** @param pauseMs the mean; pauses are random, so that the clients do not all send at once */
  constructor(
    private readonly url: string,
    count: number,
    private readonly pauseMs: number,
  ) {
    this.answered = Array.from({ length: count }, () => 0);
    this.running = Promise.all(this.answered.map((_, client) => this.run(client)));
  }

  get sent(): number {
    return this.answered.reduce((sum, one) => sum + one, this.failures.length);
  }

  /** Whether each client has at least this number of answers. */
  haveAnswers(each: number): boolean {
    return this.answered.every((one) => one >= each);
  }

  /** Stops them once their last requests are answered. */
  async stop(): Promise<void> {
    this.leaving = true;
    await this.running;
  }

  private async run(client: number): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (!this.leaving) {
      await this.get(agent).then(
        () => this.answered[client]++,
        (error: Error) => this.failures.push(error.message),
      );
      await sleep(this.pauseMs * (0.5 + Math.random()));
    }
    agent.destroy();
  }

  private async get(agent: Agent): Promise<void> {
    const sent = request(this.url, {
      agent,
      signal: AbortSignal.timeout(WITHOUT_CLUSTER_TIMEOUTS.requestToStoppingServer * 1000),
    }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    if (response.statusCode !== 200) {
      throw new Error(`status ${response.statusCode}`);
    }
  }
}
