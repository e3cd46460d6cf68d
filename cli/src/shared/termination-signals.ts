/** The signals that end a process unless it does something about them. SIGKILL does so in any case. */
const terminationSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** Calls a function on a signal that would end this process, in place of that. Returns what undoes this. */
export function onTerminationSignal(work: (signal: NodeJS.Signals) => void): () => void {
  for (const signal of terminationSignals) {
    process.on(signal, work);
  }
  return () => {
    for (const signal of terminationSignals) {
      process.off(signal, work);
    }
  };
}

/** Does work that no signal may end in the middle. One that comes meanwhile does what it does after it. */
export function uninterrupted<T>(work: () => T): T {
  const release = onTerminationSignal((signal) => {
    release();
    process.kill(process.pid, signal);
  });
  try {
    return work();
  } finally {
    // Node tells of signals between immediates, and of this one maybe only after the next.
    setImmediate(() => setImmediate(release));
  }
}
