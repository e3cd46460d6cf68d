import { describe, expect, it } from 'vitest';
import { Body, BodyMemory } from '../../src/probe/body.js';

const mebibyte = 2 ** 20;
const filled = (memory: BodyMemory, bytes: number) => {
  const body = new Body(memory);
  body.append(Buffer.alloc(bytes, 'a'));
  return body;
};

describe('Body', () => {
  it('keeps what comes in parts', () => {
    const body = new Body(new BodyMemory());
    for (const part of ['gr', 'ü', 'n']) {
      for (const byte of Buffer.from(part)) {
        body.append(Buffer.of(byte));
      }
    }
    expect(body.toString()).toBe('grün');
    expect(body.cut).toBeUndefined();
  });

  it('keeps 1 MiB, and says when there is more', () => {
    const body = filled(new BodyMemory(), mebibyte);
    expect(body.cut).toBeUndefined();
    body.append(Buffer.from('b'));
    expect(body.cut).toBe('too long');
    expect(body.toString()).toBe('a'.repeat(mebibyte));
  });

  it('keeps the part of a chunk that still fits', () => {
    const body = filled(new BodyMemory(), mebibyte - 2);
    body.append(Buffer.from('€'));
    expect(body.cut).toBe('too long');
    expect(body.toString()).toBe(`${'a'.repeat(mebibyte - 2)}\ufffd`);
  });

  it('shares 32 MiB with all others, until it gives its own back', () => {
    const memory = new BodyMemory();
    const bodies = Array.from({ length: 32 }, () => filled(memory, mebibyte));
    expect(bodies.map(({ cut }) => cut)).toEqual(bodies.map(() => undefined));
    expect(filled(memory, 1).cut).toBe('no memory');
    bodies[0].release();
    expect(filled(memory, mebibyte).cut).toBeUndefined();
    bodies[0].release();
    expect(filled(memory, 1).cut).toBe('no memory');
  });

  it('takes little more memory than it has bytes, however small its parts are', () => {
    const memory = new BodyMemory();
    const others = Array.from({ length: 30 }, () => filled(memory, mebibyte));
    const body = new Body(memory);
    for (let n = 0; n < mebibyte; n++) {
      body.append(Buffer.from('a'));
    }
    expect(body.cut).toBeUndefined();
    expect(others).toHaveLength(30);
    expect(filled(memory, mebibyte).cut).toBeUndefined();
  });

  it('holds no chunk', () => {
    const chunk = Buffer.from('fine');
    const body = new Body(new BodyMemory());
    body.append(chunk);
    chunk.fill('x');
    expect(body.toString()).toBe('fine');
  });
});
