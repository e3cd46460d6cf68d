#!/usr/bin/env node
/* global process -- to import it opens standard input, which not every command reads */
// One file, since the many modules of the rules take longer to load than to run.
import { main } from '../lib/bin/main.js';

// Whoever reads standard output may have enough, such as head.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') {
    return;
  }
  process.stderr.write(`zero-downtime: standard output cannot be written (${error.code})\n`);
  process.exitCode = 1;
});

// There is nobody left to tell.
process.stderr.on('error', () => undefined);

const status = await main(process.argv.slice(2));
process.exitCode ??= status;
