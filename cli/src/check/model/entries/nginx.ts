import type { ManifestObject } from '../../read/object.js';
import { classOf } from './class.js';

/** Whether ingress-nginx serves an Ingress, as far as the name of the class tells. */
export function isNginx(ingress: ManifestObject): boolean {
  return /\bnginx\b/.test(classOf(ingress) ?? '');
}
