import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { Refusal } from './refusal';

type Labels = Record<string, string>;

/** Names and labels, none of which depends on where the construct stands in the tree. */
export interface Identity {
  /** Name of Deployment and PodDisruptionBudget. */
  readonly name: string;
  readonly serviceName: string;
  readonly containerName: string;
  /** What Deployment, Service, PodDisruptionBudget and topology spread select pods by. */
  readonly selector: Labels;
  /** Labels of the objects. */
  readonly labels: Labels;
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
 * Names and labels from the props and the construct's id.
 */
export function resolveIdentity(id: string, props: ZeroDowntimeDeploymentProps): Identity {
  const name = props.name ?? id;
  const source = props.name === undefined ? 'name (from the id)' : 'name';
  const selector = props.selectorLabels ?? {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': name,
  };

  checkName(source, name, SUBDOMAIN, "lower-case letters, digits, '-' and '.'", 'my-app');
  if (!props.selectorLabels && name.length > 63) {
    throw new Refusal(
      source,
      JSON.stringify(name),
      `it is also the value of a label, which has at most 63 characters, not ${name.length}`,
      'Write a shorter name, or selectorLabels of your own',
    );
  }
  const serviceName = props.serviceName ?? name;
  checkName(
    props.serviceName === undefined ? 'serviceName (from the name)' : 'serviceName',
    serviceName,
    SERVICE_NAME,
    "at most 63 lower-case letters, digits and '-', a letter first",
    'my-app',
  );
  const containerName = props.containerName ?? 'main';
  checkContainerName('containerName', containerName, 'main');

  checkSelector(selector);
  checkLabels('selectorLabels', selector);
  checkLabels('labels', props.labels ?? {});
  checkLabels('podLabels', props.podLabels ?? {});
  const podLabels = { ...props.labels, ...selector, ...props.podLabels };
  checkSelected('labels', props.labels ?? {}, selector);
  checkSelected('podLabels', props.podLabels ?? {}, selector);

  return { name, serviceName, containerName, selector, labels: { ...props.labels, ...selector }, podLabels };
}

/** Refuses what Kubernetes does not take as the name of a container. */
export function checkContainerName(prop: string, name: string, example: string): void {
  checkName(prop, name, DNS_LABEL, "at most 63 lower-case letters, digits and '-'", example);
}

/** Refuses what Kubernetes does not take as a name of this kind. */
export function checkName(prop: string, name: string, rule: RegExp, allowed: string, example: string): void {
  if (!rule.test(name)) {
    throw new Refusal(
      prop,
      JSON.stringify(name),
      `Kubernetes does not take it as a name, which is ${allowed}`,
      `Write for example ${prop.split(' ')[0]}: '${example}'`,
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
  for (const [key, value] of Object.entries(labels)) {
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
        `${prop}['${key}']`,
        JSON.stringify(value),
        'Kubernetes does not take it as the value of a label',
        "Write at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends",
      );
    }
  }
}

function checkSelected(prop: string, labels: Labels, selector: Labels): void {
  for (const [key, value] of Object.entries(labels)) {
    if (Object.hasOwn(selector, key) && selector[key] !== value) {
      throw new Refusal(
        `${prop}['${key}']`,
        JSON.stringify(value),
        `the selector asks for ${JSON.stringify(selector[key])}, so it would not find the pods`,
        `Remove the label, or write selectorLabels: { '${key}': '${value}' } if the Deployment is new`,
      );
    }
  }
}
