import { parseArgs } from 'node:util';
import { Attempt, onInterrupt } from '../attempt';
import { KUBECONFIG } from '../paths';
import { Progress } from '../progress';

const USAGE = 'usage: npm run cluster:start -- [--proxy-mode iptables|nftables] [--keep]';

const { values } = parseArgs({
  options: {
    'proxy-mode': { type: 'string', default: 'iptables' },
    keep: { type: 'boolean', default: false },
  },
});
const proxyMode = values['proxy-mode'];
if (proxyMode !== 'nftables' && proxyMode !== 'iptables') {
  console.error(USAGE);
  process.exit(1);
}

const progress = new Progress();
const attempt = new Attempt(progress, values.keep);
onInterrupt((signal) => attempt.giveUp(`stopped by ${signal}`));

const begin = Date.now();
try {
  await attempt.start(proxyMode);
} catch (error) {
  await attempt.giveUp((error as Error).message);
  process.exit(1);
}
progress.say(`The cluster is up after ${((Date.now() - begin) / 1000).toFixed(0)} s.`);
console.log(`export KUBECONFIG=${KUBECONFIG}`);
