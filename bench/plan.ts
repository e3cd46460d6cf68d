/** How a service is written. */
export const SIDES = ['plain', 'zeroDowntime', 'data'] as const;
export type Side = (typeof SIDES)[number];

/** What the reader knows a side as. */
export const SIDE_NAMES: Record<Side, string> = {
  plain: 'plain cdk8s-plus',
  zeroDowntime: 'ZeroDowntimeDeployment',
  data: 'same YAML from data',
};

/** An app to synthesize. */
export interface Case {
  readonly charts: number;
  readonly servicesPerChart: number;
}

export const CASES: readonly Case[] = [
  { charts: 1, servicesPerChart: 10 },
  { charts: 1, servicesPerChart: 100 },
  { charts: 1, servicesPerChart: 1_000 },
  { charts: 1, servicesPerChart: 3_000 },
  { charts: 100, servicesPerChart: 10 },
];

/** Services of the whole app. */
export function services({ charts, servicesPerChart }: Case): number {
  return charts * servicesPerChart;
}

/** A case in words, for example `1,000 in 100 charts`. */
export function caseName(one: Case): string {
  const count = services(one).toLocaleString('en-US');
  return one.charts === 1 ? count : `${count} in ${one.charts} charts`;
}
