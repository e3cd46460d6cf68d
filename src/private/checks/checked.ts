import type { ApiObject } from 'cdk8s';
import type { Deployment, HorizontalPodAutoscaler, Service } from 'cdk8s-plus-27';
import type { AppIndex } from './app/app-index';
import type { Settings } from '../settings/settings';

/** What is checked once the whole app is known. */
export interface Checked {
  readonly deployment: Deployment;
  /** That of `exposure` first. */
  readonly services: readonly Service[];
  readonly horizontalPodAutoscaler?: HorizontalPodAutoscaler;
  /** These and what else there is, as Kubernetes objects. */
  readonly objects: ApiObject[];
  readonly settings: Settings;
  readonly index: AppIndex;
}
