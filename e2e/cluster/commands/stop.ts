import { requireMachine } from '../preflight';
import { Progress } from '../progress';
import { State } from '../state';
import { teardown } from '../teardown';

const progress = new Progress();
try {
  requireMachine(process.platform, process.getuid?.());
  if (State.exists()) {
    await progress.step('stop the cluster', () => teardown());
  } else {
    progress.say('No cluster is running.');
  }
} catch (error) {
  progress.say((error as Error).message);
  process.exit(1);
}
