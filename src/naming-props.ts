/**
 * Names, labels and annotations of the objects.
 */
export interface NamingProps {
  /**
   * Name of the Deployment, the Service, the PodDisruptionBudget, the HorizontalPodAutoscaler, the NetworkPolicy and
   * the Ingress or HTTPRoute, and the start of the names of ConfigMaps.
   *
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * Labels by which pods are selected. They can never change on a live Deployment: to take one over, give the
   * labels that it has. These are then the only labels that are added by default.
   *
   * @default - `app.kubernetes.io/name` and `app.kubernetes.io/instance`, both with `name` as their value
   */
  readonly selectorLabels?: { [key: string]: string };

  /**
   * Labels of all objects and of the pods, by which people and tools select both. Labels that only the pods
   * should have belong in `pod`. A change of either rolls the pods.
   *
   * @default - only those of the selector
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of all objects. Not of the pods, since a change would roll them: theirs are `annotations` of `pod`.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}
