import type { ApplicationProps } from '../../application-props';
import type { NamingProps } from '../../naming-props';
import type { PodTemplateProps } from '../../pod-template-props';
import { checkContainerName, checkLabels, checkName, SUBDOMAIN } from '../kubernetes/names';
import { keyPath } from '../refusals/key-path';
import { checkAll, checkEach, Refusal } from '../refusals/refusal';

type Labels = Record<string, string>;

/** Names, labels and annotations, none of which depends on where the construct stands in the tree. */
export interface Identity {
  /** Name of Deployment and PodDisruptionBudget. */
  readonly name: string;
  readonly containerName: string;
  /** Labels by which Deployment, Service, PodDisruptionBudget and topology spread select pods. */
  readonly selector: Labels;
  /** Labels of the objects. */
  readonly labels: Labels;
  /** Annotations of the objects, but not of the pods. */
  readonly annotations: Record<string, string>;
  /** Labels of the pods; contains the selector. */
  readonly podLabels: Labels;
}

/**
 * Names, labels and annotations from the props and the construct's id.
 */
export function resolveIdentity(
  id: string,
  props: NamingProps & PodTemplateProps & ApplicationProps,
): Identity {
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
export function resolveContainerName({ container = {} }: ApplicationProps): string {
  const { name = 'main' } = container;
  checkContainerName('container.name', name, "container: { name: 'main' }");
  return name;
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
