import { MAX_IN_FLIGHT } from './options.js';
import { LOCAL_ERROR_CODES } from './outcome.js';
import type { ProbeResult, StreamResult, Verdict } from './result.js';

/** What the verdict rests on. */
export type Evidence = Pick<
  ProbeResult,
  'sent' | 'failed' | 'unanswered' | 'skipped' | 'streams' | 'slipMs'
> & {
  readonly scheduled: number;
  /** Of the skipped requests, those that were not sent because too many were in flight. */
  readonly tooMany: number;
  /** Of the unanswered requests, those whose complete answers have not been judged yet. */
  readonly notJudged: number;
  readonly maxSlipMs: number;
  /** Whether plain HTTP was sent to a server that speaks TLS. */
  readonly wrongScheme: boolean;
  readonly contradictions: readonly string[];
};

/** Why the measurement cannot be relied on; empty when it can. */
export function findReasons(evidence: Evidence): string[] {
  const {
    sent,
    failed,
    unanswered,
    skipped,
    scheduled,
    tooMany,
    notJudged,
    slipMs,
    maxSlipMs,
    contradictions,
  } = evidence;
  const reasons: string[] = [];
  if (evidence.wrongScheme) {
    reasons.push('the server speaks TLS on this port; write https://');
  }
  if (sent === 0) {
    reasons.push('no request was sent');
  }
  if (slipMs.p99 > maxSlipMs) {
    reasons.push(
      `requests were sent late: ${Math.round(slipMs.p99)} ms at the 99th percentile, ${Math.round(slipMs.max)} ms at the most, ` +
        `where ${maxSlipMs} ms are allowed; lower the load or give this machine more CPU`,
    );
  }
  if (skipped > tooMany) {
    reasons.push(
      `${skipped - tooMany} requests were not sent because this machine stood still; give it more CPU and do not suspend it`,
    );
  }
  if (tooMany > 0) {
    reasons.push(
      `${tooMany} requests were not sent because ${MAX_IN_FLIGHT} were in flight, as many as this program takes on at once; ` +
        'lower the load or --timeout',
    );
  }
  if (unanswered > 0) {
    const late = `, ${notJudged} of them because judging such large answers takes too long; lower the load or write a simpler expression`;
    reasons.push(`${unanswered} requests were never settled${notJudged > 0 ? late : ''}`);
  }
  if (sent + skipped !== scheduled) {
    reasons.push(
      `the schedule had ${scheduled} requests, but ${sent} were sent and ${skipped} skipped: please report this`,
    );
  }
  reasons.push(...contradictions.map((text) => `${text}: please report this`));
  const troubles = findLocalTroubles(evidence.streams);
  if (troubles.length > 0) {
    reasons.push(
      `this machine ran out of ports, files or memory (${troubles.join(', ')}), so some of the ${failed} failures ` +
        'are its own; lower --rate or send from more addresses with --local-address',
    );
  }
  return reasons;
}

/** The verdict. */
export function judge(failed: number, reasons: readonly string[]): Verdict {
  if (reasons.length > 0) {
    return 'not-measured';
  }
  return failed > 0 ? 'some-failed' : 'none-failed';
}

/** The command's exit status for a verdict. */
export const exitStatus: Readonly<Record<Verdict, number>> = {
  'none-failed': 0,
  'some-failed': 2,
  'not-measured': 1,
};

function findLocalTroubles(streams: readonly StreamResult[]): string[] {
  const codes = streams.flatMap(({ failures }) => Object.keys(failures.other ?? {}));
  return [...new Set(codes)].filter((code) => LOCAL_ERROR_CODES.has(code));
}
