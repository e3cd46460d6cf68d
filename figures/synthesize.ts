/** Synthesizes as many services with the least props as its argument says, under V8's coverage. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { takeCoverage } from 'node:v8';
import { App, Chart } from 'cdk8s';
import { ZeroDowntimeDeployment } from '../src';

forgetCalls(process.env.NODE_V8_COVERAGE!);
const chart = new Chart(new App(), 'chart');
for (let i = 0; i < Number(process.argv[2]); i++) {
  new ZeroDowntimeDeployment(chart, `web-${i}`, { image: 'registry.example.com/web:1.4.2', port: 8080 });
}
App.of(chart).synthYaml();

/** Lets V8 count from zero, so that loading does not count. */
function forgetCalls(folder: string): void {
  takeCoverage();
  readdirSync(folder).forEach((file) => rmSync(join(folder, file)));
}
