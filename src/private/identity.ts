import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { keyPath } from './key-path';
import { checkAll, checkEach, Refusal } from './refusal';

type Labels = Record<string, string>;

/** Names, labels and annotations, none of which depends on where the construct stands in the tree. */
export interface Identity {
  /** Name of Deployment and PodDisruptionBudget. */
  readonly name: string;
  readonly containerName: string;
  /** What Deployment, Service, PodDisruptionBudget and topology spread select pods by. */
  readonly selector: Labels;
  /** Labels of the objects. */
  readonly labels: Labels;
  /** Annotations of the objects, but not of the pods. */
  readonly annotations: Record<string, string>;
  /** Labels of the pods; contains the selector. */
  readonly podLabels: Labels;
}

const LABEL = '[a-z0-9]([a-z0-9-]*[a-z0-9])?';
/** Source: RFC 1123; Kubernetes' rule for the name of a Deployment and of most other objects. */
export const SUBDOMAIN = new RegExp(`^(?=.{1,253}$)${LABEL}(\\.${LABEL})*$`);
/** Source: RFC 1123; Kubernetes' rule for the name of a container and of a namespace. */
export const DNS_LABEL = new RegExp(`^(?=.{1,63}$)${LABEL}$`);
/** Source: RFC 1035; Kubernetes' rule for the name of a Service. */
const SERVICE_NAME = /^(?=.{1,63}$)[a-z]([a-z0-9-]*[a-z0-9])?$/;
/** Source: Kubernetes' rules for labels: an optional DNS prefix, then a name of at most 63 characters. */
const LABEL_NAME = '[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?';
export const QUALIFIED_NAME = new RegExp(`^((?=[^/]{1,253}/)${LABEL}(\\.${LABEL})*/)?${LABEL_NAME}$`);
const LABEL_VALUE = new RegExp(`^(${LABEL_NAME})?$`);

/**
 * Names, labels and annotations from the props and the construct's id.
 */
export function resolveIdentity(id: string, props: ZeroDowntimeDeploymentProps): Identity {
  const name = props.name ?? id;
  const source = props.name === undefined ? 'name (from the id)' : 'name';
  const selector = props.selectorLabels ?? {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': name,
  };

  checkName(source, name, SUBDOMAIN, "lower-case letters, digits, '-' and '.'", "name: 'my-app'");
  if (!props.selectorLabels && name.length > 63) {
    throw new Refusal(
      source,
      JSON.stringify(name),
      `it is also the value of a label, which has at most 63 characters, not ${name.length}`,
      'Write a shorter name, or selectorLabels of your own',
    );
  }
  const { labels = {}, annotations = {}, pod: { labels: ofPods = {} } = {} } = props;
  checkAll(
    () => checkSelector(selector),
    () => checkLabels('selectorLabels', selector),
    () => checkLabels('labels', labels),
    () => checkLabels('pod.labels', ofPods),
    () => checkSelected('labels', labels, selector),
    () => checkSelected('pod.labels', ofPods, selector),
  );

  return {
    name,
    containerName: resolveContainerName(props),
    selector,
    labels: { ...labels, ...selector },
    annotations,
    podLabels: { ...labels, ...selector, ...ofPods },
  };
}

/**
 * Name of the application's container.
 */
export function resolveContainerName({ container = {} }: ZeroDowntimeDeploymentProps): string {
  const { name = 'main' } = container;
  checkContainerName('container.name', name, "container: { name: 'main' }");
  return name;
}

/** Refuses what Kubernetes does not take as the name of a Service. */
export function checkServiceName(prop: string, name: string): void {
  checkName(
    prop,
    name,
    SERVICE_NAME,
    "at most 63 lower-case letters, digits and '-', a letter first",
    "serviceName: 'my-app'",
  );
}

/** Refuses what Kubernetes does not take as the name of a container. */
export function checkContainerName(prop: string, name: string, example: string): void {
  checkName(prop, name, DNS_LABEL, "at most 63 lower-case letters, digits and '-'", example);
}

/**
 * Refuses what Kubernetes does not take as a name of this kind.
 *
 * @param example what to write instead, with the name of the prop
 */
export function checkName(prop: string, name: string, rule: RegExp, allowed: string, example: string): void {
  if (!rule.test(name)) {
    throw new Refusal(
      prop,
      JSON.stringify(name),
      `Kubernetes does not take it as a name, which is ${allowed}`,
      `Write for example ${example}`,
    );
  }
}

function checkSelector(selector: Labels): void {
  // cdk8s-plus-27 drops a selector in which every value is empty.
  if (Object.values(selector).every((value) => value === '')) {
    throw new Refusal(
      'selectorLabels',
      JSON.stringify(selector),
      'a selector without a label that has a value would select every pod of the namespace',
      "Write the labels of the live Deployment's selector, or leave the prop out",
    );
  }
}

/** Refuses what Kubernetes does not take as labels. */
export function checkLabels(prop: string, labels: Labels): void {
  checkEach(Object.keys(labels), (key) => {
    const value = labels[key];
    if (!QUALIFIED_NAME.test(key)) {
      throw new Refusal(
        `${prop} key`,
        JSON.stringify(key),
        'Kubernetes does not take it as the key of a label',
        "Write at most 63 letters, digits, '-', '_' and '.', after an optional DNS prefix and '/', for example 'example.com/team'",
      );
    }
    if (!LABEL_VALUE.test(value)) {
      throw new Refusal(
        keyPath(prop, key),
        JSON.stringify(value),
        'Kubernetes does not take it as the value of a label',
        "Write at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends",
      );
    }
  });
}

function checkSelected(prop: string, labels: Labels, selector: Labels): void {
  checkEach(Object.keys(labels), (key) => {
    const value = labels[key];
    if (Object.hasOwn(selector, key) && selector[key] !== value) {
      throw new Refusal(
        keyPath(prop, key),
        JSON.stringify(value),
        `the selector asks for ${JSON.stringify(selector[key])}, so it would not find the pods`,
        `Remove the label, or write selectorLabels: { '${key}': '${value}' } if the Deployment is new`,
      );
    }
  });
}
