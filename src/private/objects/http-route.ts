import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { HttpRoute, HttpRouteSpecRulesMatchesPathType } from '../../../imports/gateway-api';
import { pathsOf } from '../settings/exposure/hosts-and-paths';
import type { ServiceSettings } from '../settings/services';
import type { Settings } from '../settings/settings';
import { addTypedFields } from '../kubernetes/typed-fields';

const { EXACT, PATH_PREFIX } = HttpRouteSpecRulesMatchesPathType;

/**
 * The HTTPRoute, if there is to be one: one rule that leads to the main port of the Service.
 */
export function createHttpRoute(
  scope: Construct,
  id: string,
  { name, exposure, ports }: ServiceSettings,
  { identity }: Settings,
): ApiObject | undefined {
  const options = exposure.profile.httpRoute;
  if (!options) {
    return undefined;
  }
  const { gateway, gatewayNamespace, listener, hostnames } = options;
  const route = new HttpRoute(scope, id, {
    metadata: { name, labels: identity.labels, annotations: identity.annotations },
    spec: {
      parentRefs: [{ name: gateway, namespace: gatewayNamespace, sectionName: listener }],
      hostnames: hostnames && [...hostnames],
      rules: [
        {
          matches: pathsOf(options).map(({ _factory: factory, _path: value }) => ({
            path: { type: factory === 'exact' ? EXACT : PATH_PREFIX, value },
          })),
          backendRefs: [{ name, port: ports[0].servicePort }],
        },
      ],
    },
  });
  addTypedFields(route);
  return route;
}
