/** A number of seconds and what it is for, in words that can follow the number. */
export interface Part {
  readonly seconds: number;
  readonly reason: string;
}

/** A part that somebody has published. */
export interface PublishedPart extends Part {
  /** The annotation of the Service that sets another number. */
  readonly annotation?: string;
  readonly source: string;
}

/** A number that a cloud lets its users choose within limits; one without an annotation cannot be chosen in a manifest. */
export interface Setting {
  readonly default: number;
  readonly annotation?: string;
  readonly min?: number;
  readonly max?: number;
}

/** How a load balancer finds out which of its targets it may use. */
export interface HealthCheck {
  /** Seconds between two health checks. */
  readonly interval: Setting;
  /** Failed health checks in a row until a target gets no new connection. */
  readonly unhealthyThreshold: Setting;
  /** Good health checks in a row until it gets them again. */
  readonly healthyThreshold: Setting;
  readonly sources: readonly string[];
}

/** An annotation, by the beginning of its key; with any value if none are given. */
export interface AnnotationMark {
  readonly startsWith: string;
  readonly values?: readonly string[];
}

/** A load balancer that is made for a Service of type LoadBalancer. */
export interface LoadBalancer {
  /** With its article, unless it is a proper name. */
  readonly name: string;
  /** Any of these annotations says that a Service has this load balancer. */
  readonly marks: readonly AnnotationMark[];
  /**
   * Values of `loadBalancerClass` that its controller serves. None: only Services without a class. Left out: whichever class the
   * controller was started with, which says nothing.
   */
  readonly classes?: readonly string[];
  /** How it follows nodes, which matters with `externalTrafficPolicy` Local. */
  readonly nodes: {
    /** None where nodes tell by themselves that they have no ready pod. */
    readonly healthCheck?: HealthCheck;
    /** What passes beside the health checks until it sends nothing more to a node, or sends to a new one. */
    readonly acting?: PublishedPart;
  };
  /** How it follows pods, where it sends to them by itself. */
  readonly pods?: {
    /** Any of these annotations says that it does. */
    readonly marks: readonly AnnotationMark[];
    readonly removal: PublishedPart;
    readonly addition: PublishedPart;
  };
  /** Seconds for which it keeps connections to a target that was removed. */
  readonly deregistration?: Setting & { readonly source: string };
}

/** A controller of Ingress that programs a load balancer outside of the cluster, which sends to pods. */
export interface IngressController {
  readonly name: string;
  /** The classes that it has unless somebody changes them. */
  readonly classes: readonly string[];
  /** Until it sends nothing more to a pod, counted from when the controller has heard that the pod goes. */
  readonly removalSeconds: number;
  /** Until it sends to a pod that is ready. */
  readonly additionSeconds: number;
  readonly sources: readonly string[];
  /** Whether so many other numbers are published that `zero-downtime check` does not judge an Ingress by its class. */
  readonly disputed: boolean;
}
