import { waitFor } from '../cluster/wait';
import type { World } from '../proof/world';
import { BENCH_TIMEOUTS } from '../timeouts';

/** CPU that containers have used since they started. */
export interface CpuSeconds {
  readonly all: number;
  readonly proxy: number;
}

/** What is read of a kubelet's `/stats/summary`. */
export interface StatsSummary {
  readonly pods: readonly PodStats[];
}

interface PodStats {
  readonly podRef: { readonly name: string; readonly namespace: string };
  readonly containers?: readonly {
    readonly name: string;
    readonly cpu?: { readonly time: string; readonly usageCoreNanoSeconds?: number };
  }[];
}

/** CPU that the containers of a namespace's pods have used until now. Waits until the kubelets have counted it. */
export async function cpuSeconds(world: World): Promise<CpuSeconds> {
  const now = new Date();
  const pods = await world.stayingPods();
  const names = pods.map(({ metadata }) => metadata.name);
  const nodes = [...new Set(pods.map(({ spec }) => spec.nodeName!))];
  let counted: CpuSeconds | undefined;
  await waitFor("the kubelets' count of CPU", BENCH_TIMEOUTS.cpuCounted, async () => {
    const summaries = await Promise.all(
      nodes.map(async (node) => {
        const path = `/api/v1/nodes/${node}/proxy/stats/summary`;
        return JSON.parse(await world.cluster.kubectl(['get', '--raw', path])) as StatsSummary;
      }),
    );
    counted = sumCpu(summaries, world.namespace, names, now);
    return counted !== undefined;
  });
  return counted!;
}

/** The sum over the containers of these pods; undefined while one of them was last counted before `since`. */
export function sumCpu(
  summaries: readonly StatsSummary[],
  namespace: string,
  names: readonly string[],
  since: Date,
): CpuSeconds | undefined {
  const pods = summaries
    .flatMap((summary) => summary.pods)
    .filter(({ podRef }) => podRef.namespace === namespace && names.includes(podRef.name));
  const containers = pods.flatMap((pod) => pod.containers ?? []);
  const counted = containers.every(({ cpu }) => cpu?.usageCoreNanoSeconds && new Date(cpu.time) >= since);
  if (pods.length < names.length || !counted) {
    return undefined;
  }
  const sum = (some: typeof containers) =>
    some.reduce((seconds, { cpu }) => seconds + cpu!.usageCoreNanoSeconds! / 1e9, 0);
  return { all: sum(containers), proxy: sum(containers.filter(({ name }) => name === 'drain-proxy')) };
}
