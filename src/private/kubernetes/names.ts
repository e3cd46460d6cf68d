import { keyPath } from '../refusals/key-path';
import { checkEach, Refusal } from '../refusals/refusal';

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

/** Unlike a label's, the prefix of an annotation may have capitals. */
export const ANNOTATION_KEY = new RegExp(QUALIFIED_NAME.source, 'i');

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

/** Refuses what Kubernetes does not take as labels. */
export function checkLabels(prop: string, labels: Record<string, string>): void {
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

/** Refuses what Kubernetes does not take as a key. */
export function checkKey(prop: string, key: string, what: string, rule = QUALIFIED_NAME): void {
  if (!rule.test(key)) {
    throw new Refusal(
      prop,
      JSON.stringify(key),
      `Kubernetes does not take it as ${what}`,
      "Write at most 63 letters, digits, '-', '_' and '.', after an optional DNS prefix and '/', for example 'example.com/team'",
    );
  }
}
