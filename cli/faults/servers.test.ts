import { describe, expect, it } from 'vitest';
import { startServer, type Behaviour } from './hostile-server';
import { answers, bodies, hugeBodies, type Fault } from './http-servers';
import { http2Answers } from './http2-servers';
import { Lab } from './lab';
import { startFullServer } from './full-server';
import { nodes } from './nodes';
import { isSupported } from './platform';
import type { Ended } from './run';
import { noTls, startSelfSigned } from './tls-servers';

/** 3 requests: two on new connections, one on a kept one. */
const load = [
  '--rate=2',
  '--connections=1',
  '--keep-alive-interval=1s',
  '--duration=1s',
  '--connect-timeout=2s',
  '--timeout=2s',
  '--max-slip=5s',
  '--json=out.json',
];

async function serve(lab: Lab, behaviour: Behaviour): Promise<string> {
  const server = await startServer(behaviour);
  lab.closeLater(() => server.close());
  return `127.0.0.1:${server.port}/`;
}

/** What became of each request, by stream: kinds of failure, and ok. */
function outcomes(lab: Lab): string[][] {
  return lab
    .result()
    .streams.map(({ ok, failures }) => [...(ok > 0 ? ['ok'] : []), ...Object.keys(failures)]);
}

/** All requests have one outcome, and the exit status and the text say so. */
function expectAll(lab: Lab, ended: Ended, outcome: Fault['becomes']): void {
  expect(ended).toMatchObject({
    status: outcome === 'ok' ? 0 : 2,
    stdout: expect.stringContaining(
      outcome === 'ok' ? 'None of 3 requests failed.' : '3 of 3 requests failed.',
    ),
  });
  expect(outcomes(lab)).toEqual([[outcome], [outcome]]);
  expect(lab.result()).toMatchObject({ sent: 3, reasons: [], [outcome === 'ok' ? 'ok' : 'failed']: 3 });
  // eslint-disable-next-line no-control-regex
  expect(ended.stdout + ended.stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
}

// The parsers of HTTP and TLS belong to Node.js, and differ.
describe.runIf(isSupported).concurrent.each(nodes)('on %s, a server that', (node) => {
  it.each(Object.entries<Fault>(answers))('%s is a failure of each request', (_name, fault) =>
    Lab.use(async (lab) => {
      const url = `http://${await serve(lab, fault)}`;
      const ended = await lab.start('probe', url, ...load, '--version-from=header:x-version').ended;
      expectAll(lab, ended, fault.becomes);
    }, node),
  );

  it.each(Object.entries<Fault>(http2Answers))(
    '%s over HTTP/2 is a failure of each request',
    (_name, fault) =>
      Lab.use(async (lab) => {
        const url = `http://${await serve(lab, fault)}`;
        const ended = await lab.start('probe', url, ...load, '--http2').ended;
        expectAll(lab, ended, fault.becomes);
      }, node),
  );

  it.each(Object.entries<Fault>(noTls))('%s over TLS is a failure of each request', (_name, fault) =>
    Lab.use(async (lab) => {
      const url = `https://${await serve(lab, fault)}`;
      const ended = await lab.start('probe', url, ...load).ended;
      expectAll(lab, ended, fault.becomes);
    }, node),
  );
});

/** The options that look into a body, and whether they take it for a right one where it is `aaa...`. */
const readings = {
  nothing: [],
  'a JSON pointer': ['--version-from=json:/version'],
  'a regular expression for the version': ['--version-from=regex:^(a)'],
  'a regular expression for the body': ['--expect-body=.'],
  'a regular expression that explodes': ['--version-from=regex:^(a+)+$'],
} as const;

const readBodies = Object.entries<Fault>(bodies).flatMap(([name, fault]) =>
  Object.entries(readings).map(([reading, options]) => [name, reading, fault, options] as const),
);
const readHugeBodies = Object.entries(hugeBodies).flatMap(([name, asked]) =>
  Object.entries(readings).map(([reading, options]) => [name, reading, asked, options] as const),
);

describe.runIf(isSupported).concurrent('a server that sends', () => {
  it.each(readBodies)('%s, read for %s', (_name, _reading, fault, options) =>
    Lab.use(async (lab) => {
      const url = `http://${await serve(lab, fault)}`;
      const ended = await lab.start('probe', url, ...load, ...options).ended;
      expectAll(lab, ended, fault.becomes);
    }),
  );

  it.each(readHugeBodies)('%s, read for %s', (_name, _reading, asked, options) =>
    Lab.use(async (lab) => {
      const url = `http://${await serve(lab, { asked })}`;
      const one = ['--rate=1', '--connections=0', '--duration=500ms', '--max-slip=5s', '--timeout=35s'];
      const ended = await lab.start('probe', url, ...one, '--json=out.json', ...options).ended;
      expect(ended).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('None of 1 request failed.'),
      });
      expect(outcomes(lab)).toEqual([['ok']]);
    }),
  );
});

describe.runIf(isSupported).concurrent('a server', () => {
  it('that never accepts ends the probe before it begins', () =>
    Lab.use(async (lab) => {
      const url = await startFullServer(lab);
      const ended = await lab.start('probe', url, ...load).ended;
      expect(ended.stderr).toContain(`nothing answers at ${url}: connect timed out after 2000 ms`);
      expect(ended).toMatchObject({ status: 1, stdout: '' });
      expect(lab.files()).toEqual([]);
    }));

  it('whose certificate nobody has signed is told with the way out', () =>
    Lab.use(async (lab) => {
      const url = await startSelfSigned(lab);
      const ended = await lab.start('probe', url, ...load).ended;
      expect(outcomes(lab)).toEqual([['other'], ['other']]);
      expect(ended).toMatchObject({ status: 2, stdout: expect.stringContaining('--insecure') });
    }));
});
