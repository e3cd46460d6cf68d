import { ApiObject } from 'cdk8s';
import type {
  Container,
  Deployment,
  HorizontalPodAutoscaler,
  Ingress,
  NetworkPolicy,
  Service,
} from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { refusalsAtSynth } from './private/checks/all';
import { AppIndex } from './private/checks/app/app-index';
import { createDeployment } from './private/objects/deployment';
import { createHorizontalPodAutoscaler } from './private/objects/horizontal-pod-autoscaler';
import { createMonitor } from './private/objects/monitor';
import { createNetworkPolicy } from './private/objects/network-policy';
import { createPodDisruptionBudget } from './private/objects/pod-disruption-budget';
import { createWaysIn } from './private/objects/way-in';
import { resolveSettings } from './private/settings/settings';
import type { ZeroDowntimeDeploymentProps } from './zero-downtime-deployment-props';

/**
 * A service whose rollouts, rollbacks and drains drop no request: a Deployment, the Service in front of it
 * with an Ingress or HTTPRoute if asked for, a PodDisruptionBudget, the ConfigMaps of `config`, and with
 * `autoscaling` a HorizontalPodAutoscaler.
 *
 * Names and labels come from `name` (the construct's id if left out) and never from the construct's path, so
 * moving the construct changes nothing on the cluster.
 *
 * @example
 *
 * new ZeroDowntimeDeployment(this, 'web', { image: 'registry.example.com/web:1.4.2', port: 8080 });
 */
export class ZeroDowntimeDeployment extends Construct {
  /**
   * The Deployment, with every method that cdk8s-plus offers. JSON patches on it apply last, reach every
   * field of Kubernetes and are not checked.
   */
  public readonly deployment: Deployment;

  /**
   * The application's container in the Deployment, to mount volumes or add environment variables.
   */
  public readonly container: Container;

  /**
   * The Service, with every method that cdk8s-plus offers.
   */
  public readonly service: Service;

  /**
   * The Services of `furtherExposures`, in their order.
   */
  public readonly furtherServices: Service[];

  /**
   * The Ingress, if `exposure` asks for one, with every method that cdk8s-plus offers.
   */
  public readonly ingress?: Ingress;

  /**
   * The HTTPRoute, if `exposure` asks for one.
   */
  public readonly httpRoute?: ApiObject;

  /**
   * The PodDisruptionBudget.
   */
  public readonly podDisruptionBudget: ApiObject;

  /**
   * The HorizontalPodAutoscaler, if `autoscaling` is given.
   */
  public readonly horizontalPodAutoscaler?: HorizontalPodAutoscaler;

  /**
   * The NetworkPolicy, if `networkPolicy` asks for one. It takes further rules, to let in more.
   */
  public readonly networkPolicy?: NetworkPolicy;

  /**
   * The PodMonitor or ServiceMonitor, if `metrics` asks for one.
   */
  public readonly monitor?: ApiObject;

  /**
   * @param scope chart, which gives the namespace, or construct in which it is created
   * @param id name within the scope, and of the objects unless `name` is given
   * @param props what to run, and where it differs from the safe defaults
   * @throws if props contradict the promise: one error with all of them, each on a line with the construct's path, the prop, the value, the reason and the fix; at synth also for what was added later
   */
  constructor(scope: Construct, id: string, props: ZeroDowntimeDeploymentProps) {
    super(scope, id);
    const settings = resolveSettings(this, props);
    this.deployment = createDeployment(this, settings);
    [this.container] = this.deployment.containers;
    const [main, ...further] = createWaysIn(this, settings, this.deployment);
    this.service = main.service;
    this.ingress = main.ingress;
    this.httpRoute = main.httpRoute;
    this.furtherServices = further.map(({ service }) => service);
    const services = [this.service, ...this.furtherServices];
    this.podDisruptionBudget = createPodDisruptionBudget(this, settings);
    this.horizontalPodAutoscaler = createHorizontalPodAutoscaler(this, settings, this.deployment);
    this.networkPolicy = createNetworkPolicy(this, settings, this.deployment, services);
    this.monitor = createMonitor(this, settings);

    const { deployment, horizontalPodAutoscaler } = this;
    const objects = this.node.findAll().filter((each) => each instanceof ApiObject);
    const index = AppIndex.of(this);
    index.addOurs(objects, deployment, settings.identity);
    const checked = { deployment, services, horizontalPodAutoscaler, objects, settings, index };
    this.node.addValidation({ validate: () => refusalsAtSynth(checked).map(({ message }) => message) });
  }
}
