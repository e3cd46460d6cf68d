/** Every way in which a request can fail, in the order in which reports list them. */
export const FAILURE_KINDS = [
  'refused',
  'reset',
  'closed',
  'connect-timeout',
  'response-timeout',
  'status',
  'wrong-body',
  'other',
] as const;

/**
 * - `refused`: nothing listens (the connection was refused)
 * - `reset`: the connection was reset, before or while the response was read; in HTTP/2 also the request alone, and the detail
 *   is the error's name
 * - `closed`: the connection was closed properly, but before the response was complete
 * - `connect-timeout`: no connection in time
 * - `response-timeout`: connected, but no complete response in time
 * - `status`: a complete response whose status is not 2xx
 * - `wrong-body`: a complete 2xx response whose body is not the expected one
 * - `other`: everything else; the detail is the error's code
 */
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** A request that got a complete, right response. */
export interface Success {
  readonly ok: true;
  readonly version?: string;
}

/** A request that did not. */
export interface Failure {
  readonly ok: false;
  readonly kind: FailureKind;
  /** What exactly happened: the status, the error's code, or how far the response had come. */
  readonly detail: string;
  /** The version that answered, when a complete response said so. */
  readonly version?: string;
}

export type Outcome = Success | Failure;

/** How far a request had come. */
export type Phase = 'while connecting' | 'before the response' | 'mid-response';

/** The detail of an answer whose body could not be looked at far enough, because the bodies of others took all the memory. */
export const NO_MEMORY_FOR_BODY = 'NO_MEMORY_FOR_BODY';

/** The error codes whose cause is this machine, not the service. */
export const LOCAL_ERROR_CODES: ReadonlySet<string> = new Set([
  'EADDRINUSE',
  'EADDRNOTAVAIL',
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
  NO_MEMORY_FOR_BODY,
]);

/**
 * The failure that an error of the HTTP client stands for.
 *
 * Node reports a connection that the server closed properly as ECONNRESET too, but without naming a failed system call. This
 * distinguishes the two.
 */
export function classify(error: NodeJS.ErrnoException, phase: Phase): Failure {
  switch (error.code) {
    case 'ECONNREFUSED':
      return failure('refused', phase);
    case 'ECONNRESET':
      return failure(error.syscall ? 'reset' : 'closed', phase);
    case 'EPIPE':
      return failure('reset', phase);
    case 'ETIMEDOUT':
      return failure(phase === 'while connecting' ? 'connect-timeout' : 'response-timeout', phase);
    default:
      return failure('other', error.code ?? error.message);
  }
}

/** A failure of this kind. */
export function failure(kind: FailureKind, detail: string, version?: string): Failure {
  return { ok: false, kind, detail, version };
}
