import { request as http } from 'node:http';
import { request as https } from 'node:https';

/**
 * GETs a URL and returns the status; throws when nobody answers within `timeoutMs`.
 * Certificates are not verified: it only asks the cluster's own components whether they are up.
 */
export function status(url: string, timeoutMs = 1000): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { timeout: timeoutMs, agent: false, rejectUnauthorized: false } as const;
    const request = (url.startsWith('https:') ? https : http)(url, options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('timeout', () => request.destroy(new Error(`${url}: no answer in ${timeoutMs} ms`)));
    request.on('error', reject);
    request.end();
  });
}

/** Whether a URL answers 200. */
export async function ok(url: string): Promise<boolean> {
  return (await status(url)) === 200;
}
