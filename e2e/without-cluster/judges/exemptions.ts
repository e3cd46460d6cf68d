/** A critical finding of kube-score that we do not follow; docs/guide/judges.md has the reason. */
export interface Exemption {
  /** Id of kube-score's check. */
  check: string;
  finding: string;
}

/** All exemptions. One that no example needs fails the test. */
export const EXEMPTIONS: Exemption[] = [
  { check: 'container-resources', finding: 'CPU limit is not set' },
  { check: 'container-resources', finding: 'Memory limit is not set' },
  { check: 'container-ephemeral-storage-request-and-limit', finding: 'Ephemeral Storage limit is not set' },
  { check: 'container-ephemeral-storage-request-and-limit', finding: 'Ephemeral Storage request is not set' },
  { check: 'container-image-pull-policy', finding: 'ImagePullPolicy is not set to Always' },
  { check: 'pod-networkpolicy', finding: 'The pod does not have a matching NetworkPolicy' },
];
