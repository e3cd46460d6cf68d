/** How much load a scenario gets. */
export interface LoadProfile {
  /** New connections a second. */
  readonly rate: number;
  /** Connections that are kept open. */
  readonly connections: number;
  /** Milliseconds between two requests on one of them. */
  readonly keepAliveIntervalMs: number;
  /** Requests a second that take three seconds. */
  readonly slowRate: number;
  readonly slowPath: string;
  /** What is asked and what a right answer is, as options of `zero-downtime probe`. */
  readonly request: readonly string[];
}

/** The most that two cores can send on schedule while the cluster runs a scenario on them. */
export const FULL_LOAD: LoadProfile = {
  rate: 1000,
  connections: 50,
  keepAliveIntervalMs: 250,
  slowRate: 5,
  slowPath: '/slow?ms=3000',
  request: [
    ...['--method', 'POST', '--body', 'ping', '--expect-body', '^ping'],
    ...['--version-from', 'header:X-App-Version'],
  ],
};
