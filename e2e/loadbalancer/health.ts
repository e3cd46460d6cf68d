import { ok } from '../cluster/http';
import type { IsHealthy } from './routes';
import type { BalancedService, Target } from './service';

/** Asks the healthCheckNodePort of each Service with externalTrafficPolicy Local on each node. */
export class HealthChecks {
  private healthy = new Set<string>();

  /** Whether the last check succeeded. */
  readonly isHealthy: IsHealthy = (service, target) => this.healthy.has(checkUrl(service, target));

  /** Checks all of them once; returns whether a result has changed. */
  async run(services: readonly BalancedService[], nodes: readonly Target[]): Promise<boolean> {
    const urls = services
      .filter(({ healthCheckNodePort }) => healthCheckNodePort !== undefined)
      .flatMap((service) => nodes.map((node) => checkUrl(service, node)));
    const answers = await Promise.all(urls.map((url) => ok(url).catch(() => false)));
    const healthy = new Set(urls.filter((_, n) => answers[n]));
    const changed = healthy.size !== this.healthy.size || [...healthy].some((url) => !this.healthy.has(url));
    this.healthy = healthy;
    return changed;
  }
}

function checkUrl(service: BalancedService, target: Target): string {
  return `http://${target.address}:${service.healthCheckNodePort}/healthz`;
}
