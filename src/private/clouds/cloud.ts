/** A number of seconds and its reason, in words that can follow the number. */
export interface Part {
  readonly seconds: number;
  readonly reason: string;
}

/** A part whose number is published. */
export interface PublishedPart extends Part {
  /** The annotation of the Service that sets another number. */
  readonly annotation?: string;
  readonly source: string;
}

/** A number that users can choose within limits. Without an annotation, a manifest cannot set it. */
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

/** An annotation, by the beginning of its key. If no values are given, any value counts. */
export interface AnnotationMark {
  readonly startsWith: string;
  readonly values?: readonly string[];
}

/** An annotation whose change makes a cloud build a load balancer anew, move it or empty it. */
export interface Rebuild {
  /** The annotations that say it; the first one that is there counts. */
  readonly names: readonly string[];
  /** The one setting that counts of a value such as `a=1,b=2`; left out: the whole value counts. */
  readonly part?: string;
  /** Other values that mean the same, each with the value that it means. */
  readonly synonyms?: Readonly<Partial<Record<string, string>>>;
  /** What the cloud takes when no annotation is there. */
  readonly default?: string;
  /** Whether nobody knows what it takes then: the first annotation may say what is so already. */
  readonly defaultIsUnknown?: true;
  /** What a change does. */
  readonly what: string;
  /** For what pods may be ready for, or what is over soon. */
  readonly severity?: 'warning';
  /** Where that is said. */
  readonly source: string;
}

/** A load balancer that is made for a Service of type LoadBalancer. */
export interface LoadBalancer {
  /** With its article, unless it is a proper name. */
  readonly name: string;
  /** Any of these annotations shows that a Service has this load balancer. */
  readonly marks: readonly AnnotationMark[];
  /**
   * Values of `loadBalancerClass` that its controller serves. Empty: it serves only Services without a class.
   * Left out: the class is chosen when the controller is started, so that no class is known.
   */
  readonly classes?: readonly string[];
  /** How it follows nodes, which matters with `externalTrafficPolicy` Local. */
  readonly nodes: {
    /** Left out if nodes announce by themselves whether they have a ready pod. */
    readonly healthCheck?: HealthCheck;
    /** Time beside the health checks until it sends nothing more to a node, or sends to a new node. */
    readonly acting?: PublishedPart;
  };
  /** How it follows pods, if it can send to them directly. */
  readonly pods?: {
    /** Any of these annotations shows that it sends to pods. */
    readonly marks: readonly AnnotationMark[];
    readonly removal: PublishedPart;
    readonly addition: PublishedPart;
  };
  /** Seconds for which it keeps connections to a target that was removed. */
  readonly deregistration?: Setting & { readonly source: string };
  /** What makes the cloud build it anew; the annotations of a Gateway go to its Service. */
  readonly rebuilds?: readonly Rebuild[];
}

/** An ingress controller whose load balancer runs outside of the cluster and sends to pods. */
export interface IngressController {
  readonly name: string;
  /** Its classes, unless somebody changes them. */
  readonly classes: readonly string[];
  /** Time until it sends nothing more to a pod, counted from when the controller knows that the pod goes. */
  readonly removalSeconds: number;
  /** Time until it sends to a pod that is ready. */
  readonly additionSeconds: number;
  readonly sources: readonly string[];
  /** What makes the controller build the load balancer of an Ingress anew. */
  readonly rebuilds?: readonly Rebuild[];
  /**
   * Whether the published numbers differ so much that `zero-downtime check` does not judge an Ingress by its
   * class.
   */
  readonly disputed: boolean;
}
