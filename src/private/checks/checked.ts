import type { ApiObject } from 'cdk8s';
import type { Deployment, HorizontalPodAutoscaler, Service } from 'cdk8s-plus-27';
import type { AppIndex } from './app/app-index';
import type { Settings } from '../settings/settings';

/** What the checks at synth need, once the whole app is known. */
export interface Checked {
  readonly deployment: Deployment;
  /** The Service of `exposure` is the first. */
  readonly services: readonly Service[];
  readonly horizontalPodAutoscaler?: HorizontalPodAutoscaler;
  /** All Kubernetes objects of the construct, those above included. */
  readonly objects: ApiObject[];
  readonly settings: Settings;
  readonly index: AppIndex;
}
