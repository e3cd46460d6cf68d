import { describe, expect, it } from 'vitest';
import { startServer, type Behaviour } from './hostile-server';
import { answers, bodies, hugeBodies, type Fault } from './http-servers';
import { http2Answers, refusedHeads } from './http2-servers';
import { Lab } from './lab';
import { startFullServer } from './full-server';
import { nodes } from './nodes';
import { isSupported } from './platform';
import { brokenHandshakes, noTls, startSelfSigned } from './tls-servers';

/** Two requests at once: one on a new connection, one on a kept one. */
const load = ['--rate=1', '--connections=1', '--keep-alive-interval=1s', '--duration=500ms', '--max-slip=5s'];

type Outcome = Fault['becomes'];

/** What never answers is not waited for long. What answers may take its time, since the machine may be busy. */
function timeouts(outcome: Outcome): string[] {
  const time = outcome.endsWith('timeout') ? '2s' : '30s';
  return [`--connect-timeout=${time}`, `--timeout=${time}`];
}

/** Where a server listens that behaves so. */
async function serve(lab: Lab, behaviour: Behaviour): Promise<string> {
  const server = await startServer(behaviour);
  lab.closeLater(() => server.close());
  return `127.0.0.1:${server.port}/`;
}

/** Both requests have one outcome, and the exit status, the text and the JSON say so. */
async function expectBoth(lab: Lab, outcome: Outcome, url: string, ...options: readonly string[]) {
  const run = lab.start('probe', url, ...load, ...timeouts(outcome), '--json=out.json', ...options);
  const { status, stdout, stderr } = await run.ended;
  const says = outcome === 'ok' ? 'None of 2 requests failed.' : '2 of 2 requests failed.';
  expect({ status, stdout, stderr }).toMatchObject({
    status: outcome === 'ok' ? 0 : 2,
    stdout: expect.stringContaining(says),
  });
  const { streams, reasons } = lab.result();
  expect(reasons).toEqual([]);
  expect(streams.map(({ ok, failures }) => (ok > 0 ? ['ok'] : Object.keys(failures)))).toEqual([
    [outcome],
    [outcome],
  ]);
  // eslint-disable-next-line no-control-regex
  expect(stdout + stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
}

// The parsers of HTTP and TLS belong to Node.js, and differ.
describe.runIf(isSupported).concurrent.each(nodes)('on %s, a server that', (node) => {
  it.each(Object.entries<Fault>(answers))('%s is counted with each request', (_name, fault) =>
    Lab.use(async (lab) => {
      const url = `http://${await serve(lab, fault)}`;
      await expectBoth(lab, fault.becomes, url, '--version-from=header:x-version');
    }, node),
  );

  it.each(Object.entries<Fault>(http2Answers))(
    '%s over HTTP/2 is counted with each request',
    (_name, fault) =>
      Lab.use(async (lab) => {
        await expectBoth(lab, fault.becomes, `http://${await serve(lab, fault)}`, '--http2');
      }, node),
  );

  it.each(Object.entries(refusedHeads))(
    'answers over HTTP/2 with a head that %s is counted while memory is freed',
    (_name, behaviour) =>
      Lab.use(async (lab) => {
        const url = `http://${await serve(lab, behaviour)}`;
        const many = ['--rate=200', '--connections=10', '--keep-alive-interval=50ms', '--duration=2s'];
        const { status, stdout } = await lab.start(
          'probe',
          url,
          ...many,
          '--timeout=2s',
          '--max-slip=5s',
          '--http2',
        ).ended;
        expect({ status, stdout }).toMatchObject({
          status: 2,
          stdout: expect.stringContaining('800 of 800 requests failed.'),
        });
      }, node),
  );

  it.each(Object.entries<Fault>(brokenHandshakes))('%s of TLS is counted with each request', (_name, fault) =>
    Lab.use(async (lab) => {
      await expectBoth(lab, fault.becomes, `https://${await serve(lab, fault)}`);
    }, node),
  );

  it.each(Object.entries<Behaviour>(noTls))(
    '%s in place of TLS ends the probe before it begins',
    (_name, behaviour) =>
      Lab.use(async (lab) => {
        const url = `https://${await serve(lab, behaviour)}`;
        const ended = await lab.start('probe', url, ...load, '--json=out.json').ended;
        expect(ended).toMatchObject({
          status: 1,
          stdout: '',
          stderr: expect.stringContaining(`no TLS with ${url}: `),
        });
        expect(lab.files()).toEqual([]);
      }, node),
  );

  it('has a certificate that nobody has signed is told with the way out', () =>
    Lab.use(async (lab) => {
      const ended = await lab.start('probe', await startSelfSigned(lab), ...load).ended;
      expect(ended).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('--insecure') });
    }, node));

  it('never accepts ends the probe before it begins', () =>
    Lab.use(async (lab) => {
      const url = await startFullServer(lab);
      const ended = await lab.start('probe', url, ...load, '--connect-timeout=1s', '--json=out.json').ended;
      expect(ended).toMatchObject({
        status: 1,
        stdout: '',
        stderr: expect.stringContaining(`nothing answers at ${url}: connect timed out after 1000 ms`),
      });
      expect(lab.files()).toEqual([]);
    }, node));
});

/** The options that look into a body. */
const readings = {
  nothing: [],
  'a JSON pointer': ['--version-from=json:/version'],
  'a regular expression for the version': ['--version-from=regex:^(a)'],
  'a regular expression for the body': ['--expect-body=.'],
  'a regular expression that explodes': ['--version-from=regex:^(a+)+$'],
};

/** Each of some things, read in every way. */
function readInEachWay<Value>(things: Readonly<Record<string, Value>>) {
  return Object.entries(things).flatMap(([name, thing]) =>
    Object.entries(readings).map(([reading, options]) => [name, reading, thing, options] as const),
  );
}

describe.runIf(isSupported).concurrent('a server that sends', () => {
  it.each(readInEachWay<Fault>(bodies))('%s, read for %s', (_name, _reading, fault, options) =>
    Lab.use(async (lab) => {
      await expectBoth(lab, fault.becomes, `http://${await serve(lab, fault)}`, ...options);
    }),
  );
});

/** How chunks are taken does not depend on how they are read. */
const hugeCases = readInEachWay(hugeBodies).filter(
  ([name, reading]) => name !== 'chunks of 700 MB' || reading === 'a regular expression for the body',
);

// One after the other: each keeps both cores busy.
describe.runIf(isSupported).sequential('a server that sends, to one request,', () => {
  it.each(hugeCases)('%s, read for %s', (_name, _reading, asked, options) =>
    Lab.use(async (lab) => {
      const url = `http://${await serve(lab, { asked })}`;
      const one = ['--rate=1', '--connections=0', '--duration=500ms', '--max-slip=5s', '--timeout=50s'];
      const { status, stdout, stderr } = await lab.start('probe', url, ...one, ...options).ended;
      expect({ status, stdout, stderr }).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('None of 1 request failed.'),
      });
    }),
  );
});
