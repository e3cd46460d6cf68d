/** How long to wait for the rest of a program's output when a process that it left behind keeps it open. */
export const outputGraceMs = 1000;
