import type { Handler } from 'cdk8s-plus-27';
import { Capability } from 'cdk8s-plus-27';
import type { SecurityContext } from '../../../imports/k8s';
import type { ApplicationProps } from '../../application-props';
import type { MainSecurityContext } from '../../container-options';
import { kubeHandler } from '../kubernetes/cdk8s-plus';
import { QUALIFIED_NAME } from '../kubernetes/names';
import { wholeNumber } from '../kubernetes/numbers';
import { keyPath } from '../refusals/key-path';
import type { Part } from '../refusals/refusal';
import { checkAll, checkEach, Refusal } from '../refusals/refusal';
import { checkCommand } from './command';
import type { ContainerSettings } from './containers';
import { resolveContainer } from './containers';
import type { Port } from './ports';
import type { Security } from './security';

/** The application's container with every default filled in. */
export interface MainContainerSettings extends Omit<ContainerSettings, 'securityContext'> {
  readonly securityContext: SecurityContext;
  readonly extendedResources: { readonly [name: string]: number };
  readonly postStart?: Handler;
}

/**
 * Refuses options that contradict `security`, or that the kubelet or the API server does not take.
 */
export function checkMainContainer(
  { container: { securityContext, extendedResources, postStart } = {} }: ApplicationProps,
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
  const { exec, httpGet, tcpSocket } = kubeHandler(handler);
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
 * The application's container.
 */
export function resolveMainContainer(
  props: ApplicationProps,
  name: string,
  ports: Port[],
  security: Security,
): MainContainerSettings {
  const { image, command, args, env, envFrom, resources, volumeMounts } = props;
  const {
    workingDir,
    imagePullPolicy,
    securityContext,
    extendedResources = {},
    postStart,
  } = props.container ?? {};
  const asked = {
    name,
    image,
    command,
    args,
    env,
    envFrom,
    resources,
    volumeMounts,
    workingDir,
    imagePullPolicy,
  };
  return {
    ...resolveContainer(asked, ports),
    securityContext: mainSecurityContext(securityContext, security),
    extendedResources,
    postStart,
  };
}

function mainSecurityContext(
  asked: MainSecurityContext = {},
  { container: given }: Security,
): SecurityContext {
  const { add, drop } = asked.capabilities ?? {};
  const isAsked = (add?.length ?? 0) + (drop?.length ?? 0) > 0;
  return {
    ...given,
    privileged: asked.privileged || undefined,
    // With privileged, the API server takes no other value.
    allowPrivilegeEscalation:
      asked.allowPrivilegeEscalation ?? (asked.privileged || given.allowPrivilegeEscalation),
    capabilities: isAsked ? { drop, ...given.capabilities, add } : given.capabilities,
  };
}
