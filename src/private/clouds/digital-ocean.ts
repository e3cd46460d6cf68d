import type { LoadBalancer } from './cloud';
import { PROXY_PROTOCOL_SWITCHED } from './rebuilds';

const PREFIX = 'service.beta.kubernetes.io/do-loadbalancer-';
const ANNOTATIONS =
  'https://github.com/digitalocean/digitalocean-cloud-controller-manager/blob/master/docs/controllers/services/annotations.md';

/** A Load Balancer of DigitalOcean as its cloud controller manager makes it. */
export const DIGITAL_OCEAN = {
  name: 'the load balancer of DigitalOcean',
  marks: [{ startsWith: PREFIX }],
  classes: [],
  nodes: {
    healthCheck: {
      interval: {
        default: 3,
        min: 3,
        max: 300,
        annotation: `${PREFIX}healthcheck-check-interval-seconds`,
      },
      unhealthyThreshold: {
        default: 3,
        min: 2,
        max: 10,
        annotation: `${PREFIX}healthcheck-unhealthy-threshold`,
      },
      healthyThreshold: {
        default: 5,
        min: 2,
        max: 10,
        annotation: `${PREFIX}healthcheck-healthy-threshold`,
      },
      sources: [ANNOTATIONS],
    },
    // The default of the response time-out, which is longer than the interval.
    acting: {
      seconds: 5,
      reason: 'for a check that gets no answer',
      annotation: `${PREFIX}healthcheck-response-timeout-seconds`,
      source: ANNOTATIONS,
    },
  },
  deregistration: { default: 10, source: 'none is published; the proof assumes so many' },
  rebuilds: [
    {
      names: [`${PREFIX}enable-proxy-protocol`],
      default: 'false',
      what: PROXY_PROTOCOL_SWITCHED,
      severity: 'warning',
      source: ANNOTATIONS,
    },
  ],
} satisfies LoadBalancer;
