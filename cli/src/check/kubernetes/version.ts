import { shorten } from '../../shared/untrusted-text.js';
import { UsageError } from '../../shared/errors.js';
import { KubernetesApi } from './api.js';
import { MINORS, NEWEST } from './table.js';

/** The newest version of Kubernetes that is known. */
export const NEWEST_VERSION = `1.${NEWEST}`;

/** How a version is written: what follows the minor version does not matter. */
export const VERSION_PATTERN = `^v?1\\.(${MINORS.join('|')})(?:\\.\\d+)?(?:[-+][\\w.+-]*)?$`;

/** Why a version cannot be used, and what to write instead; none if it can. */
export function whyUnknown(version: string): string | undefined {
  return minorOf(version) === undefined
    ? `got "${shorten(version, 100)}"; write a version from 1.${MINORS[0]} to ${NEWEST_VERSION}`
    : undefined;
}

/**
 * What a version of Kubernetes takes.
 *
 * @param version such as 1.34, v1.34 or v1.34.4; by default the newest that is known
 * @throws UsageError for a version that is not known
 */
export function kubernetesApi(version = NEWEST_VERSION): KubernetesApi {
  const minor = minorOf(version);
  if (minor === undefined) {
    throw new UsageError(`kubernetesVersion: ${whyUnknown(version) ?? ''}`);
  }
  return new KubernetesApi(minor);
}

function minorOf(version: string): number | undefined {
  const [, minor] = new RegExp(VERSION_PATTERN).exec(version) ?? [];
  return MINORS.find((one) => String(one) === minor);
}
