import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { undocumentedApi } from './undocumented-api';
import { undocumentedThrows } from './undocumented-throws';

const { fileNames, options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile('tsconfig.json', ts.sys.readFile).config,
  ts.sys,
  ts.sys.getCurrentDirectory(),
);
const gaps = [
  ...undocumentedApi(JSON.parse(readFileSync('.jsii', 'utf8'))),
  ...undocumentedThrows(fileNames, options).map((name) => `${name}: throws, but has no @throws`),
];
for (const gap of gaps) {
  console.error(gap);
}
console.log(`Gaps in the documentation of the public API: ${gaps.length}`);
process.exitCode = gaps.length > 0 ? 1 : 0;
