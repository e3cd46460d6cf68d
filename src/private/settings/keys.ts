import type { AcceptedRisks } from '../../accepted-risks';
import type { NamingProps } from '../../naming-props';
import type { PodTemplateProps } from '../../pod-template-props';
import { deletingAnnotations } from '../kubernetes/deleting-annotations';
import { ANNOTATION_KEY, checkKey } from '../kubernetes/names';
import { checkAll, checkEach, throwAll } from '../refusals/refusal';

/**
 * Refuses keys of annotations that the API server does not take, and annotations that make a tool delete objects.
 */
export function checkKeys(props: NamingProps & PodTemplateProps & AcceptedRisks): void {
  checkAll(
    () => checkAnnotations('annotations', props.annotations),
    () => checkAnnotations('pod.annotations', props.pod?.annotations),
    () => checkDeletions('annotations', 'every object', props.annotations, props),
  );
}

/**
 * Refuses annotations of a Service that the API server does not take, or that make a tool delete it.
 */
export function checkServiceAnnotations(
  prop: string,
  annotations: Record<string, string> | undefined,
  props: AcceptedRisks,
): void {
  checkAll(
    () => checkAnnotations(prop, annotations),
    () => checkDeletions(prop, 'the Service', annotations, props),
  );
}

/** Refuses annotations that make a tool delete what it applies. */
function checkDeletions(
  prop: string,
  what: string,
  annotations: Record<string, string> = {},
  { acceptDowntimeOnRollout }: AcceptedRisks,
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
