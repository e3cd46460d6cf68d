import { describe, expect, it } from 'vitest';
import { Judge } from '../../src/probe/judge.js';
import type { Outcome } from '../../src/probe/outcome.js';
import { Pattern } from '../../src/probe/pattern.js';
import { versionFinder } from '../../src/probe/versions.js';

const version = versionFinder({ from: 'json', pointer: '/version' });

/** What the judge says of an answer, at once or later. */
function answer(judge: Judge, text: string, status = 200): Promise<Outcome> {
  const body = judge.newBody();
  body?.append(Buffer.from(text));
  return new Promise((resolve) => judge.judge({ status, headers: {}, body }, resolve));
}

describe('Judge', () => {
  it('keeps no body that nobody looks at', () => {
    expect(new Judge({}).newBody()).toBeUndefined();
    expect(
      new Judge({ versionFrom: versionFinder({ from: 'header', name: 'x' }) }).newBody(),
    ).toBeUndefined();
    expect(new Judge({ versionFrom: version }).newBody()).toBeDefined();
    expect(new Judge({ expectBody: new Pattern('a') }).newBody()).toBeDefined();
  });

  it('looks at the first MiB of a body, and says so when what is expected is not there', async () => {
    const judge = new Judge({ expectBody: new Pattern('fine'), versionFrom: version });
    const long = '.'.repeat(2 ** 20);
    const none = '(none in the part that was kept)';
    expect(await answer(judge, `fine${long}`)).toEqual({ ok: true, version: none });
    expect(await answer(judge, `${long}fine`)).toEqual({
      ok: false,
      kind: 'wrong-body',
      detail: '200, longer than 1 MiB',
      version: none,
    });
    expect(await answer(judge, long, 503)).toEqual({
      ok: false,
      kind: 'status',
      detail: '503',
      version: '(none)',
    });
  });

  it('blames itself, not the service, when it had no memory for the part that is looked for', async () => {
    const judge = new Judge({ expectBody: new Pattern('fine') });
    for (let n = 0; n < 32; n++) {
      judge.newBody()!.append(Buffer.alloc(2 ** 20));
    }
    expect(await answer(judge, 'fine')).toEqual({
      ok: false,
      kind: 'other',
      detail: 'NO_MEMORY_FOR_BODY',
      version: undefined,
    });
  });

  it('counts an answer as a failure when judging it fails, and remembers why', async () => {
    const find = () => {
      throw new Error('on purpose');
    };
    const judge = new Judge({ versionFrom: { readsBody: true, find } });
    const failed = { ok: false, kind: 'other', detail: 'NOT_JUDGED', version: undefined };
    expect([await answer(judge, ''), await answer(judge, '')]).toEqual([failed, failed]);
    expect([...judge.faults]).toEqual(['an answer could not be judged (on purpose)']);
  });
});
