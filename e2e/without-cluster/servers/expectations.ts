import { expect } from 'vitest';
import type { Asked } from '../../../test/arbitraries';
import type { Manifest } from '../../../test/helpers';
import type { Answer, ApiServer } from './api-server';
import { immutableFields } from './immutable';
import { lostFields } from './lost-fields';

/** Expects that the server took the object as it was sent, and warned only of what the user asked for. */
export function expectTaken(server: ApiServer, object: Manifest, answer: Answer, asked: Asked): void {
  const { status, body, warnings } = answer;
  const what = describeObject(server, object);
  expect(status, `${what}: ${body.message}`).toBeLessThan(300);
  expect(lostFields(object, body), `${what}: lost fields`).toEqual([]);
  expect(warnings, `${what}: warnings`).toEqual(
    dueWarnings(object, asked).map((part) => expect.stringContaining(part)),
  );
}

/** Expects that the server refused the update for exactly the immutable fields, or took it as it was sent. */
export function expectUpdated(
  server: ApiServer,
  live: Manifest[],
  object: Manifest,
  answer: Answer,
  asked: Asked,
): void {
  const never = immutableFields(live, object);
  const causes: Manifest[] = answer.body.details?.causes ?? [];
  const what = `${describeObject(server, object)}: ${answer.body.message}`;
  expect(
    causes.map(({ field }) => field),
    `fields for which the update is refused; ${what}`,
  ).toEqual(never);
  if (never.length === 0) {
    expectTaken(server, object, answer, asked);
  }
}

/** Names the server and the object in a message. */
function describeObject({ version }: ApiServer, { kind, metadata }: Manifest): string {
  return `kube-apiserver ${version}, ${kind} ${metadata.name}`;
}

/** The warnings that the API server has to give for what was asked for. Each is in docs/guide/judges.md. */
function dueWarnings({ kind, metadata }: Manifest, { security }: Asked): string[] {
  if (kind !== 'Deployment') {
    return [];
  }
  return [
    // Only a Deployment that is taken over can have such a name.
    ...(/\.|.{64}/.test(metadata.name) ? ['metadata.name: this is used in Pod names and hostnames'] : []),
    ...(security === 'image user' ? ['would violate PodSecurity "restricted:latest"'] : []),
  ];
}
