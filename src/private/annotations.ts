/**
 * Key of an annotation of ours. Every one has the same prefix.
 */
export function annotationKey(name: string): string {
  return `cdk8s-zero-downtime/${name}`;
}
