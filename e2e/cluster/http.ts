import { request as http } from 'node:http';
import { request as https } from 'node:https';
import { CLUSTER_TIMEOUTS } from '../timeouts';

/**
 * GETs a URL and returns the status; throws when nobody answers in time.
 * Certificates are not verified: it only asks the cluster's own components whether they are up.
 */
function status(url: string): Promise<number> {
  const seconds = CLUSTER_TIMEOUTS.healthCheck;
  return new Promise((resolve, reject) => {
    const options = { timeout: seconds * 1000, agent: false, rejectUnauthorized: false } as const;
    const request = (url.startsWith('https:') ? https : http)(url, options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('timeout', () => request.destroy(new Error(`${url}: no answer in ${seconds} s`)));
    request.on('error', reject);
    request.end();
  });
}

/** Whether a URL answers 200. */
export async function ok(url: string): Promise<boolean> {
  return (await status(url)) === 200;
}
