import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import { createServer, type Server } from 'node:https';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer, type PeerCertificate } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startProbe } from '../../src/index.js';
import { certificateHint } from '../../src/probe/handshake.js';
import { send, streamsTo } from './streams.js';

/** No answer is late because this machine is busy. */
const patient = { connectTimeoutMs: 60_000, timeoutMs: 60_000, maxSlipMs: 5000 };
/** 10 requests on new connections, and 20 on two kept ones. */
const load = { ...patient, rate: 20, connections: 2, durationMs: 500, insecure: true };

let server: Server;
let url: string;
let http2Server: Http2SecureServer;
let files: { key: Buffer; cert: Buffer };
let http2Url: string;
let requests = 0;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '1', ...subject],
    { stdio: 'ignore' },
  );
  files = { key: readFileSync(key), cert: readFileSync(cert) };
  server = createServer(files, (_request, response) => {
    requests++;
    response.end('fine');
  });
  http2Server = createSecureServer(files, (_request, response) => void response.end('fine'));
  rmSync(folder, { recursive: true });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `https://localhost:${(server.address() as AddressInfo).port}/`;
  await new Promise<void>((resolve) => http2Server.listen(0, '127.0.0.1', resolve));
  http2Url = `https://localhost:${(http2Server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  http2Server.close();
});

it('probes over TLS, on new and on kept connections', async () => {
  const run = await startProbe({
    ...load,
    url,
  });
  const result = await run.result;
  expect(result).toMatchObject({ verdict: 'none-failed', sent: 30, failed: 0 });
  expect(requests).toBe(30);
});

it('keeps a connection with TLS', async () => {
  const [, kept] = streamsTo(url, { insecure: true });
  expect(await send(kept)).toEqual({ outcome: { ok: true }, reused: false });
  expect(await send(kept)).toEqual({ outcome: { ok: true }, reused: true });
  kept.close();
});

it('does not start when the certificate cannot be trusted, and says what to do', async () => {
  await expect(startProbe({ url })).rejects.toThrow(
    `the certificate of ${url} cannot be trusted (DEPTH_ZERO_SELF_SIGNED_CERT); it is self-signed: ` +
      'name its file in the environment variable NODE_EXTRA_CA_CERTS, or accept every certificate with --insecure',
  );
});

it.each([
  ['SELF_SIGNED_CERT_IN_CHAIN', {}, 'its authority is not known here: name the file with'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', {}, 'or the server does not send the intermediate certificates'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', {}, 'in the environment variable NODE_EXTRA_CA_CERTS'],
  ['CERT_HAS_EXPIRED', { valid_to: 'Jan  1' }, 'it was valid until Jan  1: renew it'],
  ['CERT_NOT_YET_VALID', { valid_from: 'Jan  1' }, "it is valid from Jan  1: compare this machine's clock"],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    { subjectaltname: 'DNS:a, DNS:b' },
    'it is for DNS:a, DNS:b: write the URL with',
  ],
  ['ERR_TLS_CERT_ALTNAME_INVALID', {}, 'it is for no name at all'],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    { subjectaltname: 'DNS:a, DNS:b, DNS:c, DNS:d, DNS:e, DNS:f, DNS:g' },
    'DNS:e and 2 more',
  ],
  ['CERT_REVOKED', {}, 'renew it'],
])('says what to do about %s, %j', (code, certificate, hint) => {
  const text = certificateHint(code, certificate as PeerCertificate);
  expect(text).toContain(hint);
  expect(text).toContain('or accept every certificate with --insecure');
});

it('does not start when the server speaks no TLS', async () => {
  const plain = createHttpServer();
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  const plainUrl = `https://127.0.0.1:${(plain.address() as AddressInfo).port}`;
  for (const insecure of [true, false]) {
    await expect(startProbe({ url: `${plainUrl}/?secret`, insecure })).rejects.toThrow(
      `no TLS with ${plainUrl}/?***: wrong version number; the server does not speak TLS on this port, write http://`,
    );
  }
  plain.close();
});

it('gives no verdict when the server speaks nothing but TLS', async () => {
  const run = await startProbe({
    ...patient,
    url: url.replace('https:', 'http:'),
    rate: 20,
    connections: 2,
    durationMs: 200,
  });
  const { verdict, reasons } = await run.result;
  expect({ verdict, reasons }).toEqual({
    verdict: 'not-measured',
    reasons: ['the server speaks TLS on this port; write https://'],
  });
});

it.each(['reset', 'close', 'hang'])('measures a server that answers the handshake with %s', async (fault) => {
  const broken = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => {
      if (fault === 'reset') {
        socket.resetAndDestroy();
      }
      if (fault === 'close') {
        socket.end();
      }
    });
  });
  await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve));
  const run = await startProbe({
    url: `https://localhost:${(broken.address() as AddressInfo).port}/`,
    rate: 20,
    connections: 0,
    durationMs: 200,
    connectTimeoutMs: 1000,
    maxSlipMs: 5000,
  });
  expect(await run.result).toMatchObject({ verdict: 'some-failed', sent: 4, failed: 4 });
  broken.close();
});

it('speaks HTTP/2 where the TLS handshake agrees on it', async () => {
  const run = await startProbe({
    ...load,
    url: http2Url,
    http2: true,
  });
  const result = await run.result;
  expect(result).toMatchObject({ verdict: 'none-failed', sent: 30, failed: 0 });
  expect(result.streams.map(({ connections }) => connections)).toEqual([10, 2]);
});

it('counts a server that does not agree on HTTP/2 as a failure of every request', async () => {
  const silent = createTlsServer(files).on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const run = await startProbe({
    ...load,
    url: `https://localhost:${(silent.address() as AddressInfo).port}/`,
    http2: true,
  });
  const { streams } = await run.result;
  expect(streams.map(({ failures }) => failures)).toEqual([
    { other: { NO_HTTP2: 10 } },
    { other: { NO_HTTP2: 20 } },
  ]);
  silent.close();
});
