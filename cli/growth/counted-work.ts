import { Session, type Profiler } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';
import { countNatives } from './counted-natives.js';

type Range = Profiler.CoverageRange;

/** How often the parts of each function ran. */
export type Work = ReadonlyMap<string, readonly Range[]>;

/**
 * Counts work instead of time, so that no machine is too slow or too fast for a test: V8 counts how often each function, branch
 * and loop runs. Only what is imported after the start is counted, and only files that a pattern matches.
 */
export class WorkCounter {
  private readonly session = new Session();

  constructor(private readonly files: RegExp) {
    // Optimized code does not count.
    setFlagsFromString('--no-opt');
    this.session.connect();
    this.session.post('Profiler.enable');
    this.session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** The work of a run. */
  of(run: () => void): Work {
    this.take();
    const natives = countNatives(run);
    const work = new Map<string, readonly Range[]>();
    for (const { url, functions } of this.take().filter((script) => this.files.test(script.url))) {
      const file = url.replace(/^.*\/cli\/src\//, '');
      for (const { functionName, ranges } of functions) {
        work.set(`${file} ${functionName} at ${ranges[0].startOffset}`, ranges);
      }
    }
    for (const [name, count] of natives) {
      work.set(name, [{ startOffset: 0, endOffset: 0, count }]);
    }
    return work;
  }

  private take(): Profiler.ScriptCoverage[] {
    let taken: Profiler.ScriptCoverage[] | undefined;
    this.session.post('Profiler.takePreciseCoverage', (error, { result }) => {
      if (error) {
        throw error;
      }
      taken = result;
    });
    if (taken === undefined) {
      throw new Error('the inspector does not answer at once');
    }
    return taken;
  }
}

/** The places of code that ran so often in the last of some runs, with how often in each. */
export function countsOf(
  works: readonly Work[],
  isTooOften: (counts: readonly number[]) => boolean,
): readonly string[] {
  return [...works[works.length - 1]].flatMap(([name, ranges]) =>
    ranges.flatMap((range) => {
      const counts = works.map((work) => countOf(work.get(name) ?? [], range));
      return isTooOften(counts)
        ? [`${name}, ${range.startOffset}-${range.endOffset}: ${counts.join(', ')}`]
        : [];
    }),
  );
}

/** How often a part ran: as often as what is around it, if V8 does not tell it apart. */
function countOf(ranges: readonly Range[], { startOffset, endOffset }: Range): number {
  const around = ranges.filter((one) => one.startOffset <= startOffset && one.endOffset >= endOffset);
  return around[around.length - 1]?.count ?? 0;
}
