import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { deletingAnnotations } from './deleting-annotations';
import { QUALIFIED_NAME } from './identity';
import { checkAll, checkEach, Refusal, throwAll } from './refusal';

/** Unlike a label's, the prefix of an annotation may have capitals. */
export const ANNOTATION_KEY = new RegExp(QUALIFIED_NAME.source, 'i');

/**
 * Refuses keys, other than those of labels, that the API server does not take.
 */
export function checkKeys(props: ZeroDowntimeDeploymentProps): void {
  checkAll(
    () => checkAnnotations('annotations', props.annotations),
    () => checkAnnotations('pod.annotations', props.pod?.annotations),
    () => checkDeletions('annotations', 'every object', props.annotations, props),
  );
}

/**
 * Refuses annotations of a Service that the API server does not take, or for which a tool deletes it.
 */
export function checkServiceAnnotations(
  prop: string,
  annotations: Record<string, string> | undefined,
  props: ZeroDowntimeDeploymentProps,
): void {
  checkAll(
    () => checkAnnotations(prop, annotations),
    () => checkDeletions(prop, 'the Service', annotations, props),
  );
}

/** Refuses annotations for which a tool deletes what it applies. */
function checkDeletions(
  prop: string,
  what: string,
  annotations: Record<string, string> = {},
  { acceptDowntimeOnRollout }: ZeroDowntimeDeploymentProps,
): void {
  if (!acceptDowntimeOnRollout) {
    throwAll(deletingAnnotations(prop, what, annotations));
  }
}

function checkAnnotations(prop: string, annotations: Record<string, string> = {}): void {
  checkEach(Object.keys(annotations), (key) =>
    checkKey(`${prop} key`, key, 'the key of an annotation', ANNOTATION_KEY),
  );
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
