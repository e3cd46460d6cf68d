/** The signals that end a process unless it handles them. SIGKILL cannot be handled. */
const TERMINATION_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** Calls a function when a signal would end this process, instead of that. Returns a function that undoes this. */
export function onTerminationSignal(work: (signal: NodeJS.Signals) => void): () => void {
  for (const signal of TERMINATION_SIGNALS) {
    process.on(signal, work);
  }
  return () => {
    for (const signal of TERMINATION_SIGNALS) {
      process.off(signal, work);
    }
  };
}

/** Does work that no signal interrupts. A signal that comes meanwhile takes effect afterwards. */
export function uninterrupted<T>(work: () => T): T {
  const release = onTerminationSignal((signal) => {
    release();
    process.kill(process.pid, signal);
  });
  try {
    return work();
  } finally {
    // Node reports signals between immediates, and this one possibly only after the next immediate.
    setImmediate(() => setImmediate(release));
  }
}
