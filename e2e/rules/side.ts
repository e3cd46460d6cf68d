import type { ProbeResult } from 'zero-downtime';
import { number } from '../report/format.js';

/** What one pair of manifests showed under load. */
export interface Side {
  /** Requests on connections of their own, slow ones included. */
  readonly requests: number;
  readonly failed: number;
  /** What the API server said when it refused an object. */
  readonly refused?: string;
  /** The address that was lost or has changed. */
  readonly addressLost?: string;
  /** What did not come to its end. */
  readonly stuck?: string;
}

/** What a rule's manifests showed: the `fail` ones must do harm, the `pass` ones none. */
export interface TrialResult {
  readonly rule: string;
  readonly event: string;
  readonly fail: Side;
  readonly pass: Side;
}

/** Counts the requests of a measurement without those on kept-alive connections: an application loses some of them by itself. */
export function counts({ streams }: Pick<ProbeResult, 'streams'>): Pick<Side, 'requests' | 'failed'> {
  const counted = streams.filter(({ name }) => name !== 'keep-alive');
  const total = (field: 'sent' | 'failed') => counted.reduce((sum, stream) => sum + stream[field], 0);
  return { requests: total('sent'), failed: total('failed') };
}

/** Whether requests were lost, an object was refused, the address was lost or something did not come to its end. */
export function doesHarm({ failed, refused, addressLost, stuck }: Side): boolean {
  return failed > 0 || [refused, addressLost, stuck].some((what) => what !== undefined);
}

/** Why a result does not prove its rule; undefined if it does. */
export function whyUnproven({ fail, pass }: TrialResult): string | undefined {
  if (!doesHarm(fail)) {
    return 'what the rule finds did no harm';
  }
  if (doesHarm(pass)) {
    return `what the rule asks for did harm: ${describe(pass)}`;
  }
  return undefined;
}

/** A side in a few words. */
export function describe({ requests, failed, refused, addressLost, stuck }: Side): string {
  return [
    ...(requests > 0 ? [`${number(failed)} of ${number(requests)} requests failed`] : []),
    ...(refused === undefined ? [] : ['refused by the API server']),
    ...(addressLost === undefined ? [] : ['address lost']),
    ...(stuck === undefined ? [] : [stuck]),
  ].join('; ');
}
