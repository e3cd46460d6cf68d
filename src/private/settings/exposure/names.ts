import { ANNOTATION_KEY } from '../../kubernetes/names';
import { checkEach, Refusal } from '../../refusals/refusal';

/**
 * Refuses what Kubernetes does not take as a name of this kind.
 */
export function checkName(prop: string, name: string | undefined, rule: RegExp, example: string): void {
  if (name !== undefined && !rule.test(name)) {
    throw new Refusal(
      `exposure.${prop}`,
      JSON.stringify(name),
      'Kubernetes does not take it as a name',
      `Write for example ${prop}: '${example}'`,
    );
  }
}

/**
 * Refuses keys of annotations of an Ingress that the API server does not take.
 */
export function checkAnnotationKeys(annotations: Record<string, string> = {}): void {
  checkEach(Object.keys(annotations), (key) => {
    if (!ANNOTATION_KEY.test(key)) {
      throw new Refusal(
        'exposure.ingressAnnotations key',
        JSON.stringify(key),
        'the API server does not take it as the key of an annotation',
        "Write for example 'nginx.ingress.kubernetes.io/proxy-body-size'",
      );
    }
  });
}
