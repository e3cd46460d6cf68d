/** What kubectl apply says about one of the files that it was given. */
export interface Refusal {
  /** The number in the name of the file. */
  readonly file: number;
  /** How the API server classes it, such as Invalid; none if it comes from kubectl. */
  readonly reason: string | undefined;
  readonly message: string;
}

/** The name of a file, by which it is found in what kubectl says. */
export function fileName(number: number): string {
  return `${String(number).padStart(6, '0')}.json`;
}

const REASON = /^Error from server \((\w+)\): /;
/** Before the message is what kubectl did, and with which file. */
const PLACE = /(?:error when \w+|server for:|from) "[^"]*?(\d{6})\.json": (.*)/;
const START = /^(?:Error from server|error|\[?resource mapping|Warning: )/;
/** A line that is in no message, such as the patch and kubectl's own log. */
const NO_MESSAGE = new RegExp(
  `${START.source}|^(?:ensure CRDs|Resource: |Name: |to:$|from |[EWIF]\\d{4} |\\{)`,
);

/** Reads what kubectl apply says on standard error about several files: each message is in one line or more. */
export function readRefusals(stderr: string): readonly Refusal[] {
  const refusals: { file: number; reason: string | undefined; message: string }[] = [];
  let reason: string | undefined;
  let isInMessage = false;
  for (const line of stderr.split('\n')) {
    const [, file, message] = (line.startsWith('{') ? null : PLACE.exec(line)) ?? [];
    if (START.test(line)) {
      reason = REASON.exec(line)?.[1];
    }
    if (file !== undefined) {
      refusals.push({ file: Number(file), reason, message });
      isInMessage = true;
    } else if (NO_MESSAGE.test(line)) {
      isInMessage = false;
    } else if (isInMessage) {
      refusals[refusals.length - 1].message += ` ${line}`;
    }
  }
  return refusals.map((refusal) => ({ ...refusal, message: refusal.message.replace(/\s+/g, ' ').trim() }));
}
