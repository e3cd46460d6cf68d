/** Few requests, for a short time, and without regard to how busy the machine is. */
const load = [
  '--rate=20',
  '--connections=1',
  '--keep-alive-interval=100ms',
  '--max-slip=5s',
  '--json=out.json',
];

/** Options of a probe without a COMMAND. */
export const alone = [...load, '--duration=500ms'];

/** Options of a probe with a COMMAND. */
export const change = [...load, '--baseline=200ms', '--settle=200ms'];
