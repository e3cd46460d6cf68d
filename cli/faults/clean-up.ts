import { rmSync } from 'node:fs';
import { killAll } from './processes';

// Standard input ends when the test ends, killed or not.
process.stdin.resume().on('end', () => {
  const [folder] = process.argv.slice(2);
  killAll(folder);
  rmSync(folder, { recursive: true, force: true });
});
