import { describe, expect, it } from 'vitest';
import { chooseScenarios, commandFor, readArguments } from '../proof/arguments';
import { ALL, CLOUDS, MAIN } from '../scenarios';

const names = (args: string[]) => chooseScenarios(readArguments(args)).map(({ name }) => name);

describe('the scenarios of a run', () => {
  it('are the main ones unless another list is asked for', () => {
    expect(names([])).toEqual(MAIN.map(({ name }) => name));
    expect(names(['--all'])).toEqual(ALL.map(({ name }) => name));
    expect(names(['--clouds'])).toEqual(CLOUDS.map(({ name }) => name));
  });

  it('are those of all whose name has one of the parts', () => {
    expect(names(['--only', 'drain of a node', '--only', 'undo'])).toEqual([
      'kubectl rollout undo',
      'drain of a node',
    ]);
  });

  it('can be named from any list', () => {
    expect(names(['--only', 'a node leaves Azure'])).toEqual([
      "a node leaves Azure's load balancer and is emptied, deregistration 30 s",
      "defaults of cdk8s-plus-27: a node leaves Azure's load balancer and is emptied, deregistration 30 s",
    ]);
  });

  it('can be run again by the command of the report', () => {
    const commands = [[], ['--all'], ['--clouds'], ['--only', 'undo']].map((args) =>
      commandFor(readArguments(args)),
    );
    expect(commands).toEqual([
      'npm run e2e',
      'npm run e2e:all',
      'npm run e2e:clouds',
      'npm run e2e -- --only "undo"',
    ]);
  });

  it('are refused when a part is in no name', () => {
    expect(() => names(['--only', 'undo', '--only', 'rolback'])).toThrow(
      '--only: no scenario has "rolback" in its name.\nWhat to do: write a part of one of\n',
    );
  });

  it('are refused with an option that is unknown', () => {
    expect(() => readArguments(['--fast'])).toThrow(/^Unknown option '--fast'.*\nWhat to do: npm run e2e/s);
  });

  it('are not reported in part', () => {
    expect(() => readArguments(['--only', 'undo', '--report', 'docs/proof'])).toThrow(
      '--report: got it together with --only; a report is whole\nWhat to do: ',
    );
  });

  it('have names of their own', () => {
    const every = [...ALL, ...CLOUDS];
    expect(new Set(every.map(({ name }) => name)).size).toBe(every.length);
  });

  it('hold the main ones', () => {
    expect(MAIN.filter(({ name }) => !ALL.some((scenario) => scenario.name === name))).toEqual([]);
  });
});
