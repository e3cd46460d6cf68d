import { VERSIONS } from '../../cluster/versions';

/**
 * The API servers that manifests are sent to, one of each minor version; the bytes behind them are pinned by each
 * `go/<minor>/go.sum`. The first is the one of the cluster.
 */
export const API_SERVERS = [VERSIONS.kubernetes, 'v1.35.4', 'v1.36.3', 'v1.37.2'];

/** `v1.37` of `v1.37.2`. */
export function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}
