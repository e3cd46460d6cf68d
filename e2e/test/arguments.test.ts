import { describe, expect, it } from 'vitest';
import { chooseScenarios, commandFor, readArguments } from '../proof/arguments';
import { ALL, CLOUDS, MAIN } from '../scenarios';

const EVERY = [...ALL, ...CLOUDS];
const ids = (args: string[]) => chooseScenarios(readArguments(args)).map(({ id }) => id);

describe('the scenarios of a run', () => {
  it('are the main ones unless another list is asked for', () => {
    expect(ids([])).toEqual(MAIN.map(({ id }) => id));
    expect(ids(['--all'])).toEqual(ALL.map(({ id }) => id));
    expect(ids(['--clouds'])).toEqual(CLOUDS.map(({ id }) => id));
  });

  it('are those with the ids that are asked for, in the order of the list', () => {
    expect(ids(['--only', 'rollout', '--only', 'control-naive'])).toEqual(['control-naive', 'rollout']);
  });

  it('are all that have it in their id when it is no whole id', () => {
    expect(ids(['--only', 'crash'])).toEqual(['control-crash-after-ready', 'crash-after-ready']);
    expect(ids(['--only', 'restart-'])).toEqual(['kubelet-restart-while-pod-starts']);
  });

  it('can be of any list', () => {
    expect(ids(['--only', 'leaves-azure'])).toEqual(['node-leaves-azure', 'control-node-leaves-azure']);
    expect(ids(['--only', 'node-leaves-aws'])).toEqual(['node-leaves-aws']);
  });

  it('can be run again by the command of the report', () => {
    const commands = [[], ['--all'], ['--clouds'], ['--only', 'undo']].map((args) =>
      commandFor(readArguments(args)),
    );
    expect(commands).toEqual([
      'npm run e2e',
      'npm run e2e:all',
      'npm run e2e:clouds',
      'npm run e2e -- --only undo',
    ]);
  });

  it('are refused when no id contains what is asked for', () => {
    expect(() => ids(['--only', 'undo', '--only', 'rolback'])).toThrow(
      '--only: no id of a scenario contains "rolback".\nWhat to do: write one of these, or a part of it\n',
    );
  });

  it('are refused with an option that is unknown', () => {
    expect(() => readArguments(['--fast'])).toThrow(/^Unknown option '--fast'.*\nWhat to do: npm run e2e/s);
  });

  it('are not reported in part', () => {
    expect(() => readArguments(['--only', 'undo', '--report', 'docs/proof'])).toThrow(
      '--report cannot be combined with --only: a report shows all scenarios of a list\nWhat to do: ',
    );
  });

  it('are left out where the report that is completed has a verdict', () => {
    expect(readArguments(['--all', '--report', 'docs/proof', '--resume']).resume).toBe(true);
    expect(() => readArguments(['--all', '--resume'])).toThrow(
      '--resume needs --report: it completes a report',
    );
  });

  it.each(['id', 'name'] as const)('have each its own %s', (key) => {
    expect(new Set(EVERY.map((scenario) => scenario[key])).size).toBe(EVERY.length);
  });

  it('have ids in kebab-case', () => {
    expect(EVERY.map(({ id }) => id).filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  it('include the main ones in the full matrix', () => {
    expect(MAIN.filter(({ id }) => !ALL.some((scenario) => scenario.id === id))).toEqual([]);
  });
});
