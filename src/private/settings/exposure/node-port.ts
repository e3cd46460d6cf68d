import { ServiceType } from 'cdk8s-plus-27';
import type { NodePortExposureOptions } from '../../../exposure-options';
import type { Profile } from './profile';
import { askedPropagation } from './propagation';

/**
 * A port of every node. Who sends to it is not known.
 */
export function nodePort(options: NodePortExposureOptions): Profile {
  return {
    name: 'a Service of type NodePort',
    type: ServiceType.NODE_PORT,
    annotations: {},
    ...askedPropagation(options),
  };
}
