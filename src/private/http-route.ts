import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { HttpRoute, HttpRouteSpecRulesMatchesPathType } from '../../imports/gateway-api';
import { Settings } from './settings';
import { addTypedFields } from './typed-fields';

/**
 * The HTTPRoute, if there is to be one: one rule that leads to the main port of the Service.
 */
export function createHttpRoute(
  scope: Construct,
  { identity, exposure, ports }: Settings,
): ApiObject | undefined {
  const options = exposure.profile?.httpRoute;
  if (!options) {
    return undefined;
  }
  const { gateway, gatewayNamespace, listener, hosts, path = '/' } = options;
  const route = new HttpRoute(scope, 'HttpRoute', {
    metadata: { name: identity.serviceName, labels: identity.labels },
    spec: {
      parentRefs: [{ name: gateway, namespace: gatewayNamespace, sectionName: listener }],
      hostnames: hosts && [...hosts],
      rules: [
        {
          matches: [{ path: { type: HttpRouteSpecRulesMatchesPathType.PATH_PREFIX, value: path } }],
          backendRefs: [{ name: identity.serviceName, port: ports[0].servicePort }],
        },
      ],
    },
  });
  addTypedFields(route);
  return route;
}
