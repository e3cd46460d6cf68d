import type { Size } from 'cdk8s';
import { SizeRoundingBehavior } from 'cdk8s';
import type { ContainerResources, Cpu } from 'cdk8s-plus-27';
import { Refusal } from '../refusals/refusal';

/** Request and limit of one resource. */
export interface Amounts<T> {
  readonly request?: T;
  readonly limit?: T;
}

/**
 * Refuses requests above their limit, and amounts that a manifest cannot express.
 *
 * @param path where the resources stand, such as `sidecars[0].resources`
 */
export function* wrongAmounts(path: string, resources: ContainerResources): Iterable<Refusal> {
  const { cpu = {}, memory = {}, ephemeralStorage = {} } = resources;
  yield* [
    ...wrong(`${path}.cpu`, cpu, CPU),
    ...wrong(`${path}.memory`, memory, MEMORY),
    ...wrong(`${path}.ephemeralStorage`, ephemeralStorage, STORAGE),
  ];
}

/** How amounts of one resource are read and written. */
interface Measure<T> {
  /** The amount in the smallest unit of a manifest; not a whole number if a manifest cannot express it. */
  readonly count: (amount: T) => number;
  readonly text: (amount: T) => string;
  /** What an amount has to be, as a refusal says it. */
  readonly whole: string;
  readonly example: (count: number) => string;
}

const CPU: Measure<Cpu> = {
  count: millicores,
  text: ({ amount }) => amount,
  whole: 'a number of millicores of at least 1',
  example: (count) => `Cpu.millis(${count})`,
};
const MEMORY: Measure<Size> = {
  count: (size) => size.toMebibytes({ rounding: SizeRoundingBehavior.NONE }),
  text: (size) => size.asString(),
  whole: 'a whole number of mebibytes of at least 1',
  example: (count) => `Size.mebibytes(${count})`,
};
const STORAGE: Measure<Size> = {
  count: (size) => size.toGibibytes({ rounding: SizeRoundingBehavior.NONE }),
  text: (size) => size.asString(),
  whole: 'a whole number of gibibytes of at least 1, as cdk8s-plus writes it',
  example: (count) => `Size.gibibytes(${count})`,
};

function* wrong<T>(path: string, amounts: Amounts<T>, measure: Measure<T>): Iterable<Refusal> {
  const counts = {
    request: amounts.request && measure.count(amounts.request),
    limit: amounts.limit && measure.count(amounts.limit),
  };
  for (const [name, count] of Object.entries(counts)) {
    if (count !== undefined && !(Number.isInteger(count) && count > 0)) {
      const amount = amounts[name as keyof Amounts<T>] as T;
      yield new Refusal(
        `${path}.${name}`,
        measure.text(amount),
        `it has to be ${measure.whole}`,
        `Write for example ${measure.example(Math.max(1, Math.ceil(count) || 0))}`,
      );
      return;
    }
  }
  const { request, limit } = counts;
  if (request !== undefined && limit !== undefined && request > limit) {
    yield new Refusal(
      `${path}.request`,
      measure.text(amounts.request!),
      `it is more than the limit of ${measure.text(amounts.limit!)}, so the API server refuses the Deployment`,
      `Write ${measure.example(limit)} or less, or a higher limit`,
    );
  }
}

/**
 * Millicores of an amount of CPU, without the error of a binary fraction: 0.29 cores are 290. NaN if Kubernetes
 * cannot read it.
 */
export function millicores({ amount }: Cpu): number {
  const [, number, milli] = /^(\d+(?:\.\d+)?)(m?)$/.exec(amount) ?? [];
  return Math.round(Number(number) * (milli ? 1 : 1000) * 1e6) / 1e6;
}
