/** How long to wait for the rest of a program's output when a process that it left behind keeps it open. */
export const OUTPUT_GRACE_MS = 1000;
