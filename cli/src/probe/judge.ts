import type { IncomingHttpHeaders } from 'node:http';
import { Body, BodyMemory, BODY_MIB } from './body.js';
import type { Settings } from './options.js';
import { failure, NO_MEMORY_FOR_BODY, type Outcome } from './outcome.js';
import { PacedWork } from './paced-work.js';

/** A complete answer. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Its body, if the judge asked for it. */
  readonly body?: Body;
}

/** Decides whether complete answers are right, and which version gave them. */
export class Judge {
  /** Errors of this program itself. The answers concerned are counted as failures. */
  readonly faults = new Set<string>();
  private readonly memory = new BodyMemory();
  private readonly work = new PacedWork();

  constructor(private readonly settings: Pick<Settings, 'expectBody' | 'versionFrom'>) {}

  /** How many complete answers are not judged yet. */
  get waitingCount(): number {
    return this.work.waitingCount;
  }

  /** A place for the body of an answer; undefined when nothing looks at bodies. */
  newBody(): Body | undefined {
    const { expectBody, versionFrom } = this.settings;
    return expectBody || versionFrom?.readsBody ? new Body(this.memory) : undefined;
  }

  /** Judges an answer, at once unless others are waiting to be judged. */
  judge(answer: Answer, done: (outcome: Outcome) => void): void {
    if (answer.body) {
      this.work.do(() => done(this.outcomeOf(answer)));
    } else {
      done(this.outcomeOf(answer));
    }
  }

  private outcomeOf(answer: Answer): Outcome {
    try {
      return this.compare(answer);
    } catch (error) {
      this.faults.add(`an answer could not be judged (${(error as Error).message})`);
      return failure('other', 'NOT_JUDGED');
    }
  }

  private compare({ status, headers, body }: Answer): Outcome {
    const { expectBody, versionFrom } = this.settings;
    const text = { text: body?.toString() ?? '', whole: body?.cut === undefined };
    const version = versionFrom?.find(headers, text);
    if (status < 200 || status > 299) {
      return failure('status', String(status), version);
    }
    if (!expectBody || expectBody.matches(text)) {
      return { ok: true, version };
    }
    switch (body?.cut) {
      case 'no memory':
        return failure('other', NO_MEMORY_FOR_BODY, version);
      case 'too long':
        return failure('wrong-body', `${status}, longer than ${BODY_MIB} MiB`, version);
      default:
        return failure('wrong-body', String(status), version);
    }
  }
}
