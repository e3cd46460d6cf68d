import { buildModule } from '../../cluster/build';
import type { Progress } from '../../cluster/progress';

/** Where the tools are. */
export interface Tools {
  kubeScore: string;
  kubeconform: string;
}

/** Builds the tools, as pinned by each `go/<tool>/go.sum`, unless they are in the cache. */
export async function buildTools(progress: Progress): Promise<Tools> {
  const build = async (name: string): Promise<string> => {
    const module = { name, source: `without-cluster/judges/go/${name}`, ldflags: '-s -w' };
    return (await buildModule(module, progress))[name];
  };
  return { kubeScore: await build('kube-score'), kubeconform: await build('kubeconform') };
}
