import { describe, expect, test } from 'vitest';
import { expectAccepted, expectRefused, render } from '../helpers';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('an image that can change under the same reference', () => {
  test('without a tag is refused', () => {
    expectRefused(
      { image: 'registry.example.com:5000/team/web' },
      `image = "registry.example.com:5000/team/web": an image without a tag means 'latest', which moves, so a rollback is impossible and one rollout can run two versions. Write a tag that is never reused or a digest, for example 'registry.example.com:5000/team/web:1.4.2', or acceptNoRollback: true.`,
    );
  });

  test('with the tag latest is refused', () => {
    expectRefused(
      { image: 'nginx:latest' },
      `image = "nginx:latest": the tag 'latest' moves, so a rollback is impossible and one rollout can run two versions. Write a tag that is never reused or a digest, for example 'nginx:1.4.2', or acceptNoRollback: true.`,
    );
  });

  test('of a sidecar or an init container is refused too', () => {
    const container = { name: 'proxy', image: 'proxy:latest' };
    const message = (prop: string) =>
      `${prop}[0].image = "proxy:latest": the tag 'latest' moves, so a rollback is impossible and one rollout can run two versions. Write a tag that is never reused or a digest, for example 'proxy:1.4.2', or acceptNoRollback: true.`;
    expectRefused({ sidecars: [container] }, message('sidecars'));
    expectRefused({ initContainers: [container] }, message('initContainers'));
    expectAccepted({ sidecars: [container], acceptNoRollback: true });
    expectAccepted({ initContainers: [container], acceptNoRollback: true });
  });

  test.each(['nginx', 'nginx:latest'])('is taken with acceptNoRollback: %s', (image) => {
    expect(render({ image, acceptNoRollback: true }).container.image).toBe(image);
  });

  test.each([`nginx@${DIGEST}`, `nginx:latest@${DIGEST}`, `a.b/c:1@${DIGEST}`])(
    'is taken with a digest: %s',
    (image) => {
      expect(render({ image }).container.image).toBe(image);
    },
  );
});

describe('image references', () => {
  test.each([
    'nginx:1.4.2',
    'registry.example.com:5000/team/web:1.4.2',
    'registry.example.com/team/app:1.4.2',
    'Registry-1.example.com/web:V_1.x-rc',
    'localhost:5000/web:1',
    'a/b/c/d:1',
    'a__b/c--d.e:1',
    'web-server:1',
    'team-one/web.server-two:1',
    `web:${'1'.repeat(128)}`,
    'web:latest1',
  ])('%s is taken', (image) => {
    expectAccepted({ image });
  });

  test.each([
    '',
    ' ',
    'nginx:1 ',
    ' nginx:1',
    'nginx:',
    'nginx:-1',
    `web:${'x'.repeat(129)}`,
    'Nginx:1',
    'team/Web:1',
    'https://example.com/web:1',
    '/web:1',
    'web/:1',
    '-web:1',
    'web-:1',
    'a//b:1',
    'team/web_/x:1',
    'host:port/web:1',
    'web@sha256:0123',
    'web@0123456789abcdef0123456789abcdef',
    `web@${DIGEST}x`,
  ])('"%s" is refused', (image) => {
    expectRefused(
      { image },
      `image = ${JSON.stringify(image)}: it is not an image reference, so no pod would start. Write for example 'registry.example.com/team/app:1.4.2'.`,
    );
  });

  test('acceptNoRollback does not allow what is none', () => {
    expectRefused(
      { image: 'Nginx', acceptNoRollback: true },
      `image = "Nginx": it is not an image reference, so no pod would start. Write for example 'registry.example.com/team/app:1.4.2'.`,
    );
  });

  test.each(['1.4.2-undefined', 'undefined-abc1234', 'v1.undefined', '1.NaN', '1.4.2-None', '1.4.2_null'])(
    'the tag %s of a variable without a value is refused',
    (tag) => {
      const [value] = /undefined|NaN|None|null/.exec(tag)!;
      expectRefused(
        { image: `web:${tag}` },
        `image = "web:${tag}": '${value}' is what a variable without a value becomes, so no pod would start. Give the variable its value, so that it is for example 'registry.example.com/team/app:1.4.2'.`,
      );
    },
  );

  test.each(['undefined-behaviour/web:1', 'dev-null:1', 'web:1-nullable', 'web:1-undefinedness'])(
    '%s has its values',
    (image) => {
      expectAccepted({ image });
    },
  );
});
