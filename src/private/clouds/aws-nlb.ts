import type { LoadBalancer } from './cloud';
import { LOAD_BALANCER_REPLACED, PROXY_PROTOCOL_SWITCHED, TARGETS_REPLACED } from './rebuilds';

export const AWS_PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';

const ANNOTATIONS =
  'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/';

const CONTROLLER = 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/';

/** Where the AWS Load Balancer Controller decides what it replaces. */
export const AWS_REPLACEMENTS = {
  loadBalancer: `${CONTROLLER}blob/main/pkg/deploy/elbv2/load_balancer_synthesizer.go`,
  targetGroup: `${CONTROLLER}blob/main/pkg/deploy/elbv2/target_group_synthesizer.go`,
};

const ATTRIBUTES = `${AWS_PREFIX}target-group-attributes`;

const THRESHOLD = { default: 3, min: 2, max: 10 };

/** A Network Load Balancer of AWS as the AWS Load Balancer Controller makes it. */
export const AWS_NLB = {
  name: 'the load balancer of AWS',
  marks: [{ startsWith: `${AWS_PREFIX}type`, values: ['external', 'nlb-ip'] }],
  // Kubernetes' own controller leaves a Service with a class to the controller of that class.
  classes: ['service.k8s.aws/nlb'],
  nodes: {
    healthCheck: {
      interval: { default: 10, min: 5, max: 300, annotation: `${AWS_PREFIX}healthcheck-interval` },
      unhealthyThreshold: { ...THRESHOLD, annotation: `${AWS_PREFIX}healthcheck-unhealthy-threshold` },
      healthyThreshold: { ...THRESHOLD, annotation: `${AWS_PREFIX}healthcheck-healthy-threshold` },
      sources: [
        ANNOTATIONS,
        'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html',
      ],
    },
    // "30-40 seconds" after it is unhealthy.
    acting: {
      seconds: 40,
      reason: 'until it acts on them',
      source: 'https://github.com/aws/containers-roadmap/issues/470',
    },
  },
  pods: {
    marks: [
      { startsWith: `${AWS_PREFIX}nlb-target-type`, values: ['ip'] },
      { startsWith: `${AWS_PREFIX}type`, values: ['nlb-ip'] },
    ],
    // "at least 2 minutes regardless"
    removal: {
      seconds: 120,
      reason: 'until a deregistered target gets no new connection',
      source: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2366',
    },
    // "about ~3 minutes"
    addition: {
      seconds: 180,
      reason: 'until a new target is checked',
      source: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1834',
    },
  },
  // The example in the documentation of the annotations, and as long as a removal takes anyway; "available
  // range is 0-3600 seconds".
  deregistration: { default: 120, min: 0, max: 3600, source: ANNOTATIONS },
  rebuilds: [
    {
      names: [`${AWS_PREFIX}scheme`, `${AWS_PREFIX}internal`],
      synonyms: { true: 'internal', false: 'internet-facing' },
      default: 'internal',
      what: LOAD_BALANCER_REPLACED,
      source: AWS_REPLACEMENTS.loadBalancer,
    },
    {
      names: [`${AWS_PREFIX}type`],
      what: 'another controller makes another load balancer',
      source: `${CONTROLLER}blob/main/docs/guide/service/annotations.md`,
    },
    {
      names: [`${AWS_PREFIX}nlb-target-type`],
      what: TARGETS_REPLACED,
      source: AWS_REPLACEMENTS.targetGroup,
    },
    {
      names: [`${AWS_PREFIX}proxy-protocol`, ATTRIBUTES],
      part: 'proxy_protocol_v2.enabled',
      synonyms: { '*': 'true' },
      default: 'false',
      what: PROXY_PROTOCOL_SWITCHED,
      severity: 'warning',
      source: `${CONTROLLER}issues/3771`,
    },
    {
      names: [ATTRIBUTES],
      part: 'preserve_client_ip.enabled',
      defaultIsUnknown: true,
      what: 'for up to a minute connections come from both kinds of addresses, and some are lost',
      severity: 'warning',
      source: `${CONTROLLER}issues/3771`,
    },
  ],
} satisfies LoadBalancer;
