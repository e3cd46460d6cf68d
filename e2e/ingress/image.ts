import { buildModule } from '../cluster/build';
import { binaryImage } from '../cluster/image-group';
import { type BuiltImage, buildImages } from '../cluster/images';
import type { Progress } from '../cluster/progress';

/** What go.mod pins and the manifest deploys. */
export const SKIPPER = 'v0.21.0';

/** Builds the image of the ingress controller, unless it is in the cache. */
export async function buildIngressImage(progress: Progress): Promise<BuiltImage[]> {
  const module = { name: 'skipper', source: 'ingress/go/skipper', ldflags: '-s -w' };
  const { skipper } = await buildModule(module, progress);
  const image = binaryImage('teapot/skipper', SKIPPER, 'skipper', skipper);
  return buildImages('ingress-controller', [image], [skipper], progress);
}
