import { describe, expect, it } from 'vitest';
import { Command, CommanderError } from 'commander';
import { readProbeCommand } from '../../../src/commands/probe/options.js';
import { PROBE } from '../../../src/commands/probe/command.js';
import { parseLocalAddresses } from '../../../src/probe/local-address.js';
import { readOptions } from '../../../src/probe/options.js';
import { shownUrl } from '../../../src/probe/url.js';
import {
  readDuration,
  refusalOf,
  setUp,
  splitAtSeparator,
  withoutExit,
  writeDuration,
  type Parsed,
} from '../../../src/shared/command-line.js';

const url = 'http://127.0.0.1/';

function read(...args: string[]) {
  const { own, rest } = splitAtSeparator(args);
  let parsed: Parsed | undefined;
  const command = setUp(withoutExit(new Command('probe')), PROBE, (given) => (parsed = { ...given, rest }));
  try {
    command.parse(own, { from: 'user' });
  } catch (error) {
    throw error instanceof CommanderError ? refusalOf(error, 'zero-downtime probe') : error;
  }
  return readProbeCommand(parsed!);
}

describe('the command line of probe', () => {
  it.each([
    [[], 'write one URL, got none; see zero-downtime probe --help'],
    [
      [url, 'http://b/'],
      'write one URL, got 2; put quotes around what has spaces, and -- before the COMMAND',
    ],
    [
      ['myapp.example.com'],
      'URL: got "myapp.example.com"; write a whole URL such as http://myapp.example.com/',
    ],
    [['ftp://x/'], 'URL: got "ftp://x/"; write a whole URL such as http://myapp.example.com/'],
    [[url, '--rat', '5'], "unknown option '--rat'; did you mean --rate? See zero-downtime probe --help"],
    [[url, '--rate'], "option '--rate <NUMBER>' argument missing; see zero-downtime probe --help"],
    [[url, '--rate', 'fast'], '--rate: got "fast"; write a number'],
    [[url, '--rate=-1'], '--rate: got "-1"; write a number'],
    [[url, '--rate', '10001'], '--rate: got "10001"; write a value from 0 to 10000'],
    [[url, '--connections', '1.5'], '--connections: got 1.5; write a whole number'],
    [[url, '--duration', '10'], '--duration: got "10"; write a duration such as 500ms, 10s or 2m'],
    [[url, '--duration', '2h'], '--duration: got "2h"; write a value from 100ms to 1h'],
    [[url, '--method', 'PUT'], '--method: got "PUT"; write GET or POST'],
    [[url, '--body', 'x'], '--body: a GET request has none; add --method POST'],
    [[url, '--header', 'secret'], '--header: got a text without a name; write "NAME: VALUE"'],
    [[url, '--header', 'x: secret\u0001'], '--header: Invalid character in header content ["x"]'],
    [[url, '--header', 'a: 1', '--header', 'A: 2'], '--header: "a" is there twice; write it once'],
    [
      [url, '--http2', '--header', 'Connection: close'],
      '--header: got "connection"; HTTP/2 has no such header, leave it out',
    ],
    [[url, '--expect-body', '('], '--expect-body: got "("; write a regular expression in RE2 syntax'],
    [[url, '--expect-body', '(?!x)'], '--expect-body: got "(?!x)"; write a regular expression in RE2 syntax'],
    [[url, '--version-from', 'regex:('], '--version-from: got "("; write a regular expression in RE2 syntax'],
    [[url, '--version-from', 'x'], '--version-from: got "x"; write header:NAME, json:POINTER'],
    [[url, '--slow-rate', '1'], '--slow-rate: got 1 without --slow-path; say which path is slow'],
    [
      [url, '--slow-rate', '1', '--slow-path', 'http://b/'],
      '--slow-path: got "http://b/"; write a path on http://127.0.0.1',
    ],
    [[url, '--slow-path', 'http://['], '--slow-path: got something else; write a path on http://127.0.0.1'],
    [
      [url, '--slow-path', 'http://u:secret@127.0.0.1/'],
      '--slow-path: got "http://127.0.0.1/"; write a path on',
    ],
    [[url, '--slow-path', 'http://b/?secret'], '--slow-path: got "http://b/?***"; write a path on'],
    [[''], 'URL: got ""; write a whole URL such as http://myapp.example.com/'],
    [['u:secret@myapp'], 'URL: got something else, not shown as it may hold a password; write a whole URL'],
    [['//myapp/?secret'], 'URL: got something else, not shown as it may hold a password; write a whole URL'],
    [
      ['http://u:secret%@myapp/'],
      'URL: its user or password has a % that is not part of a code such as %2F; write %25 for it',
    ],
    [
      ['http://u:secret@myapp/', '--header', 'Authorization: Bearer secret'],
      '--header: "authorization" is given, and the URL has a user; leave one of them out',
    ],
    [[url, '--rate', '1', '--rate', '2'], '--rate: it is there twice; write it once'],
    [[url, '--body', ''], '--body: got ""; write TEXT, or leave it out'],
    [[url, '--header', ''], '--header: got ""; write "NAME: VALUE", or leave it out'],
    [[url, '--slow-path='], '--slow-path: got ""; write PATH, or leave it out'],
    [[url, '--json', ''], '--json: got ""; write FILE, or leave it out'],
    [[url, '--rollout', '', '--', 'true'], '--rollout: got ""; write KIND/NAME, or leave it out'],
    [
      [url, '--rate', '0', '--connections', '0'],
      '--rate, --connections and --slow-rate are all 0; turn one stream on',
    ],
    [
      [url, '--local-address', '10.0.0'],
      '--local-address: got "10.0.0"; write an address (10.0.0.2), a range',
    ],
    [[url, '--settle', '5s'], '--settle: it needs a COMMAND; write it after --'],
    [[url, '--settle', '5ms', '--', 'true'], '--settle: got "5ms"; write a value from 100ms to 10m'],
    [[url, '--rollout', 'myapp', '--', 'true'], '--rollout: got "myapp"; write deployment/NAME'],
    [[url, '--'], '--: write the COMMAND after it, or leave it out'],
    [[url, '--', ''], '--: got ""; write the program first'],
    [[url, '--', 'no-such-program', 'secret'], '--: got "no-such-program", which is in no folder of PATH'],
    [[url, '--', './no/such', 'secret'], '--: got "./no/such", which is no file that can be executed'],
    [
      [url, '--', 'TOKEN=secret', './release.sh'],
      '--: got "TOKEN=***", which is in no folder of PATH; write env before the variables',
    ],
    [
      [url, '--', 'URL=http://secret/secret', './release.sh'],
      '--: got "URL=***", which is no file that can be executed; write env before the variables',
    ],
    [
      [url, '--', 'kubectl --token=secret apply'],
      '--: got "kubectl ***", which is in no folder of PATH; write it without quotes around its arguments',
    ],
    [[url, '--', '/etc/passwd'], '--: got "/etc/passwd", which is no file that can be executed'],
    [[url, '--', '/tmp'], '--: got "/tmp", which is no file that can be executed'],
    [
      [url, '--follow-stdin', '--', 'true'],
      '--follow-stdin: cannot be combined with a COMMAND, which gets standard input',
    ],
    [
      [url, '--json', '/no/such/folder/x'],
      '--json: got "/no/such/folder/x"; write a file in a folder that exists',
    ],
    [[url, '--svg', '.'], '--svg: got the folder "."; write a file'],
  ])('%j is refused', (args, message) => {
    const reading = () => readOptions(read(...args).options);
    expect(reading).toThrow(message);
    expect(reading).not.toThrow('secret');
  });

  it('reads everything', () => {
    const command = read(
      ...[
        url,
        '--rate',
        '200',
        '--connections',
        '20',
        '--keep-alive-interval',
        '100ms',
        '--slow-rate',
        '0.5',
      ],
      ...[
        '--slow-path',
        '/slow',
        '--duration',
        '2m',
        '--method',
        'POST',
        '--body',
        'x',
        '--header',
        'A: b: c',
      ],
      ...[
        '--local-address',
        '10.0.0.1',
        '--local-address',
        '10.0.0.8/30',
        '--insecure',
        '--http2',
        '--max-slip',
        '1s',
      ],
      ...['--rollout', 'deployment/a', '--', 'kubectl', 'apply', '--', '-f'],
    );
    expect(command.options).toMatchObject({
      url,
      rate: 200,
      connections: 20,
      keepAliveIntervalMs: 100,
      slowRate: 0.5,
      slowPath: '/slow',
      durationMs: 120_000,
      method: 'POST',
      body: 'x',
      headers: { a: 'b: c' },
      localAddresses: ['10.0.0.1', '10.0.0.8', '10.0.0.9', '10.0.0.10', '10.0.0.11'],
      insecure: true,
      http2: true,
      maxSlipMs: 1000,
    });
    expect(command.change).toEqual({
      command: ['kubectl', 'apply', '--', '-f'],
      baselineMs: 5000,
      settleMs: 10_000,
      rollouts: ['deployment/a'],
    });
  });

  it('takes no option for the value of another', () => {
    expect(() => read(url, '--json', '--svg', 'a.svg')).toThrow(
      '--json: got an option in place of a value; write FILE',
    );
  });

  it('repeats no value of an option that there is not', () => {
    expect(() => read(url, '--heder=Authorization: secret')).toThrow("unknown option '--heder'; see");
  });
});

describe('durations', () => {
  it.each([
    ['500ms', 500],
    ['1.5s', 1500],
    ['10s', 10_000],
    ['2m', 120_000],
    ['1h', 3_600_000],
  ])('%s', (text, ms) => {
    expect(readDuration(text)).toBe(ms);
    expect(readDuration(writeDuration(ms))).toBe(ms);
  });
});

describe('parseLocalAddresses', () => {
  it.each([
    ['10.0.0.2', ['10.0.0.2']],
    ['fd00::1', ['fd00::1']],
    ['10.0.0.254-10.0.1.1', ['10.0.0.254', '10.0.0.255', '10.0.1.0', '10.0.1.1']],
    ['10.0.0.5/31', ['10.0.0.4', '10.0.0.5']],
  ])('%s', (text, addresses) => {
    expect(parseLocalAddresses(text)).toEqual(addresses);
  });

  it.each(['10.0.0.9-10.0.0.1', '10.0.0.0/33', '10.0.0.1-', 'a/8', '10.0.0.0/8'])('refuses %s', (text) => {
    expect(() => parseLocalAddresses(text)).toThrow(`got "${text}"; write an address`);
  });
});

describe('readOptions', () => {
  it('fills in the defaults', () => {
    expect(readOptions({ url })).toMatchObject({
      rate: 50,
      connections: 10,
      durationMs: 30_000,
      method: 'GET',
    });
  });

  it('sends the user and the password of the URL as basic authorization, and shows them nowhere', () => {
    const settings = readOptions({ url: 'http://al%20ice:p%C3%A4ss%3A@myapp/?a=1#x', headers: { a: 'b' } });
    expect(settings.headers).toEqual({
      a: 'b',
      authorization: `Basic ${Buffer.from('al ice:päss:').toString('base64')}`,
    });
    expect(settings.url.href).toBe('http://myapp/?a=1#x');
    expect(shownUrl(new URL('http://u:p@myapp:81/path?token=x#y'))).toBe('http://myapp:81/path?***');
    expect(readOptions({ url: 'http://alice@myapp/' }).headers).toEqual({
      authorization: `Basic ${Buffer.from('alice:').toString('base64')}`,
    });
  });

  it('refuses what the command line would refuse', () => {
    expect(() => readOptions({ url, rate: NaN })).toThrow('rate: got NaN; write a number from 0 to 10000');
    expect(() => readOptions({ url, expectBody: '(' })).toThrow('--expect-body: got "("');
    expect(() => readOptions({ url, expectBody: /x/ as unknown as string })).toThrow(
      '--expect-body: got /x/; write the expression as a string',
    );
    expect(() => readOptions({ url, localAddresses: ['here'] })).toThrow(
      '--local-address: got "here"; write an IP address',
    );
  });
});
