import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Behaviour } from './hostile-server';
import type { Fault } from './http-servers';
import type { Lab } from './lab';

/** A record of TLS 1.2 that says that 10,000 bytes of a handshake follow (RFC 5246). */
const handshakeHead = Buffer.from([0x16, 0x03, 0x03, 0x27, 0x10]);

/** What breaks off a handshake, or never goes on with it. */
export const brokenHandshakes = {
  'never answers': { becomes: 'connect-timeout' },
  'stops in the handshake': {
    asked: (socket) => void socket.write(handshakeHead),
    becomes: 'connect-timeout',
  },
  'closes in the handshake': { asked: (socket) => void socket.end(handshakeHead), becomes: 'closed' },
  'resets in the handshake': { asked: (socket) => void socket.resetAndDestroy(), becomes: 'reset' },
} satisfies Record<string, Fault>;

/** What speaks no TLS at all. */
export const noTls = {
  'sends garbage': {
    asked: (socket) => void socket.end(Buffer.concat([handshakeHead, Buffer.alloc(10_000, 0xff)])),
  },
  'speaks HTTP': { asked: (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n') },
} satisfies Record<string, Behaviour>;

/** Starts a server with a certificate that nobody has signed, and returns its URL. */
export async function startSelfSigned(lab: Lab): Promise<string> {
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(lab.folder, name));
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '1', ...subject],
    { stdio: 'ignore' },
  );
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_request, response) => {
    response.end('fine');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  lab.closeLater(() => {
    server.close();
    server.closeAllConnections();
  });
  return `https://localhost:${(server.address() as AddressInfo).port}/`;
}
