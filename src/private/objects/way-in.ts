import type { ApiObject } from 'cdk8s';
import type { Deployment, Ingress, Service } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { createHttpRoute } from './http-route';
import { createIngress } from './ingress';
import { createService } from './service';
import type { Settings } from '../settings/settings';

/** The objects of one way to the pods. */
export interface WayIn {
  readonly service: Service;
  readonly ingress?: Ingress;
  readonly httpRoute?: ApiObject;
}

/**
 * Every way to the pods, that of `exposure` first: a Service, and the Ingress or HTTPRoute that leads to it.
 */
export function createWaysIn(scope: Construct, settings: Settings, deployment: Deployment): WayIn[] {
  return settings.services.map((own, i) => {
    // The ids of constructs are a contract: for further Services they follow from the name, so that the order
    // does not matter.
    const id = (kind: string) => (i === 0 ? kind : `${kind}-${own.name}`);
    const service = createService(scope, id('Service'), own, settings, deployment);
    return {
      service,
      ingress: createIngress(scope, id('Ingress'), own, settings, service),
      httpRoute: createHttpRoute(scope, id('HttpRoute'), own, settings),
    };
  });
}
