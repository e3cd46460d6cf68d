import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { HttpRoute, HttpRouteSpecRulesMatchesPathType } from '../../imports/gateway-api';
import { pathsOf } from './exposure/hosts-and-paths';
import { Settings } from './settings';
import { addTypedFields } from './typed-fields';

const { EXACT, PATH_PREFIX } = HttpRouteSpecRulesMatchesPathType;

/**
 * The HTTPRoute, if there is to be one: one rule that leads to the main port of the Service.
 */
export function createHttpRoute(
  scope: Construct,
  { identity, exposure, ports }: Settings,
): ApiObject | undefined {
  const options = exposure.profile.httpRoute;
  if (!options) {
    return undefined;
  }
  const { gateway, gatewayNamespace, listener, hostnames } = options;
  const route = new HttpRoute(scope, 'HttpRoute', {
    metadata: { name: identity.serviceName, labels: identity.labels, annotations: identity.annotations },
    spec: {
      parentRefs: [{ name: gateway, namespace: gatewayNamespace, sectionName: listener }],
      hostnames: hostnames && [...hostnames],
      rules: [
        {
          matches: pathsOf(options).map(({ _factory: factory, _path: value }) => ({
            path: { type: factory === 'exact' ? EXACT : PATH_PREFIX, value },
          })),
          backendRefs: [{ name: identity.serviceName, port: ports[0].servicePort }],
        },
      ],
    },
  });
  addTypedFields(route);
  return route;
}
