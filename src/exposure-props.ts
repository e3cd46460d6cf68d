import type { Exposure } from './exposure';
import type { Mesh } from './mesh';
import type { NetworkAccess } from './network-access';

/**
 * How clients reach the pods, and which connections the pods accept.
 */
export interface ExposureProps {
  /**
   * How clients reach the pods. It decides what Service there is, and how long `drain` and `minReady` have to be.
   *
   * @default Exposure.loadBalancer()
   */
  readonly exposure?: Exposure;

  /**
   * Further ways to the same pods, each with a Service of its own, such as one for the inside of the cluster
   * beside a public one, or a headless one. Each needs a `serviceName`. `drain`, `minReady` and the grace
   * period suit the slowest of all ways.
   *
   * @default - none
   */
  readonly furtherExposures?: Exposure[];

  /**
   * Which connections the pods accept, as a NetworkPolicy. Networks without support for it ignore it.
   *
   * @default - none: the pods accept every connection that other policies let in
   */
  readonly networkPolicy?: NetworkAccess;

  /**
   * Service mesh whose proxy is injected into the pods.
   *
   * @default - none
   */
  readonly mesh?: Mesh;
}
