import { lookup } from 'node:dns/promises';
import { connect, isIP } from 'node:net';
import { CannotMeasureError } from '../shared/errors.js';
import type { Settings } from './options.js';
import { shownUrl } from './url.js';

/** Where the requests go: always one address, so that nothing but the request itself is measured. */
export interface Target {
  readonly address: string;
  readonly port: number;
}

/** The URL's host: a name, or an address without the brackets that IPv6 has in a URL. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

/** Resolves the URL's host once and returns the first address that accepts a connection. */
export async function findTarget(settings: Settings): Promise<Target> {
  const { url } = settings;
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const localAddress = settings.localAddresses[0];
  let trouble: unknown;
  try {
    const addresses = await lookup(hostOf(url), { all: true, family: isIP(localAddress ?? '') });
    for (const { address } of addresses) {
      try {
        await tryConnection(address, port, localAddress, settings.connectTimeoutMs);
        return { address, port };
      } catch (error) {
        trouble = error;
      }
    }
  } catch (error) {
    trouble = error;
  }
  throw new CannotMeasureError(
    `nothing answers at ${shownUrl(url)}: ${(trouble as Error).message}. ` +
      'Start the service first, make sure that this machine reaches it (with curl -v, say), and try again',
  );
}

function tryConnection(host: string, port: number, localAddress: string | undefined, timeoutMs: number) {
  return new Promise<void>((resolve, reject) => {
    const socket = connect({ host, port, localAddress });
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`connect timed out after ${timeoutMs} ms, ${host}:${port}`));
    }, timeoutMs);
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
    socket.once('close', () => clearTimeout(timer));
  });
}
