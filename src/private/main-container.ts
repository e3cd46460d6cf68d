import { Capability, Container, Handler } from 'cdk8s-plus-27';
import { SecurityContext, toJson_LifecycleHandler, toJson_SecurityContext } from '../../imports/k8s';
import { MainSecurityContext } from '../container-options';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { checkCommand } from './command';
import { QUALIFIED_NAME } from './identity';
import { keyPath } from './key-path';
import { wholeNumber } from './numbers';
import { checkAll, checkEach, Part, Refusal } from './refusal';
import { Security } from './security';
import { Manifest } from './typed-fields';

/**
 * Refuses what contradicts `security`, and what the kubelet or the API server does not take.
 */
export function checkMainContainer(
  { container: { securityContext, extendedResources, postStart } = {} }: ZeroDowntimeDeploymentProps,
  security: Part<Security>,
): void {
  checkAll(
    () => securityContext && security().restricted && checkRestricted(securityContext),
    () => checkExtendedResources(extendedResources),
    () => postStart && checkPostStart('container.postStart', postStart),
  );
}

/** Refuses what a namespace that enforces the Pod Security Standard `restricted` does not admit. */
function checkRestricted(asked: MainSecurityContext): void {
  const refuse = (option: string, value: unknown) => {
    throw new Refusal(
      `container.securityContext.${option}`,
      value,
      'security is PodSecurity.restricted(), which does not allow it',
      'Leave it out, or write security: PodSecurity.asImageUser()',
    );
  };
  checkAll(
    () => asked.privileged && refuse('privileged', true),
    () => asked.allowPrivilegeEscalation && refuse('allowPrivilegeEscalation', true),
    () =>
      checkEach(asked.capabilities?.add ?? [], (capability, i) => {
        if (capability !== Capability.NET_BIND_SERVICE) {
          refuse(`capabilities.add[${i}]`, JSON.stringify(capability));
        }
      }),
  );
}

function checkExtendedResources(resources: Record<string, number> = {}): void {
  checkEach(Object.keys(resources), (name) => {
    const prop = keyPath('container.extendedResources', name);
    const [domain] = name.split('/');
    if (!QUALIFIED_NAME.test(name) || domain === name || /(^|\.)kubernetes\.io$/.test(domain)) {
      throw new Refusal(
        prop,
        resources[name],
        'it is not the name of an extended resource, which has a domain of its own in front',
        "Write for example { 'nvidia.com/gpu': 1 }; CPU and memory are resources",
      );
    }
    wholeNumber(prop, resources[name]);
  });
}

function checkPostStart(prop: string, handler: Handler): void {
  const { exec, httpGet, tcpSocket } = toKube(handler);
  if (tcpSocket) {
    throw new Refusal(
      prop,
      'Handler.fromTcpSocket',
      'the kubelet opens no connections in hooks, so the container would be restarted for ever',
      "Write for example Handler.fromCommand(['/app/warm-up'])",
    );
  }
  if (exec?.command.length === 0) {
    throw new Refusal(
      prop,
      'Handler.fromCommand([])',
      'there is nothing to run, so the API server refuses the Deployment',
      "Write for example Handler.fromCommand(['/app/warm-up'])",
    );
  }
  checkCommand(`${prop}.command`, exec?.command);
  if (httpGet && !httpGet.path.startsWith('/')) {
    throw new Refusal(
      `${prop}.path`,
      JSON.stringify(httpGet.path),
      'a path starts with /',
      `Write Handler.fromHttpGet('/${httpGet.path}')`,
    );
  }
}

/**
 * The security context of the application's container.
 */
function mainSecurityContext(
  { container: { securityContext: asked = {} } = {} }: ZeroDowntimeDeploymentProps,
  { container: given }: Security,
): SecurityContext {
  const { add, drop } = asked.capabilities ?? {};
  const isAsked = (add?.length ?? 0) + (drop?.length ?? 0) > 0;
  return {
    ...given,
    privileged: asked.privileged || undefined,
    // The API server takes no other value beside privileged.
    allowPrivilegeEscalation:
      asked.allowPrivilegeEscalation ?? (asked.privileged || given.allowPrivilegeEscalation),
    capabilities: isAsked ? { drop, ...given.capabilities, add } : given.capabilities,
  };
}

/**
 * What cdk8s-plus-27 cannot say of the application's container.
 */
export function completeMainContainer(
  manifest: Manifest,
  props: ZeroDowntimeDeploymentProps,
  security: Security,
): void {
  const { extendedResources = {}, postStart } = props.container ?? {};
  manifest.securityContext = toJson_SecurityContext(mainSecurityContext(props, security));
  if (Object.keys(extendedResources).length > 0) {
    const { requests, limits } = manifest.resources;
    manifest.resources = {
      requests: { ...requests, ...extendedResources },
      limits: { ...limits, ...extendedResources },
    };
  }
  if (postStart) {
    manifest.lifecycle = {
      ...manifest.lifecycle,
      postStart: toJson_LifecycleHandler(toKube(postStart, props.port) as object),
    };
  }
}

/** As cdk8s-plus-27 makes it, which keeps it to itself. It asks the container only for its first port. */
function toKube(handler: Handler, portNumber?: number): Manifest {
  const container = new Container({ image: 'any', portNumber });
  return (handler as unknown as { _toKube(of: Container): Manifest })._toKube(container);
}
