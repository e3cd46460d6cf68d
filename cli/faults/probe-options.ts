/** Few requests, for a short time, and without regard to how busy the machine is. */
const load = {
  rate: '20',
  connections: '1',
  'keep-alive-interval': '100ms',
  'max-slip': '5s',
};

/** The options of a probe without a COMMAND, with others in their place. */
export function alone(others: Readonly<Record<string, string>> = {}): string[] {
  return write({ ...load, duration: '500ms', json: 'out.json', ...others });
}

/** The options of a probe with a COMMAND, with others in their place. */
export function change(others: Readonly<Record<string, string>> = {}): string[] {
  return write({ ...load, baseline: '200ms', settle: '200ms', json: 'out.json', ...others });
}

function write(options: Readonly<Record<string, string>>): string[] {
  return Object.entries(options).map(([name, value]) => `--${name}=${value}`);
}
