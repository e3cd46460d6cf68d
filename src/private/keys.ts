import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { QUALIFIED_NAME } from './identity';
import { Refusal } from './refusal';

/** Unlike a label's, the prefix of an annotation may have capitals. */
export const ANNOTATION_KEY = new RegExp(QUALIFIED_NAME.source, 'i');

/**
 * Refuses keys, other than those of labels, that the API server does not take.
 */
export function checkKeys(props: ZeroDowntimeDeploymentProps): void {
  const { annotations, podAnnotations, serviceAnnotations, topologyKeys = [], loadBalancerClass } = props;
  for (const [prop, value] of Object.entries({ annotations, podAnnotations, serviceAnnotations })) {
    Object.keys(value ?? {}).forEach((key) =>
      checkKey(`${prop} key`, key, 'the key of an annotation', ANNOTATION_KEY),
    );
  }
  topologyKeys.forEach((key, i) => {
    checkKey(`topologyKeys[${i}]`, key, 'the key of a label of nodes');
    if (topologyKeys.indexOf(key) !== i) {
      throw new Refusal(
        `topologyKeys[${i}]`,
        JSON.stringify(key),
        'it is listed twice, so the API server refuses the Deployment',
        'List each key once',
      );
    }
  });
  if (loadBalancerClass !== undefined) {
    checkKey('loadBalancerClass', loadBalancerClass, 'the class of a load balancer');
  }
}

function checkKey(prop: string, key: string, what: string, rule = QUALIFIED_NAME): void {
  if (!rule.test(key)) {
    throw new Refusal(
      prop,
      JSON.stringify(key),
      `Kubernetes does not take it as ${what}`,
      "Write at most 63 letters, digits, '-', '_' and '.', after an optional DNS prefix and '/', for example 'example.com/team'",
    );
  }
}
