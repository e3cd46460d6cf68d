/** How much of an answer's body is looked at, in MiB. A page of HTML, or JSON that names a version, is smaller. */
export const BODY_MIB = 1;

const MAX_BODY_BYTES = BODY_MIB * 2 ** 20;

/** The bytes that the bodies of all answers in flight may take together. */
const MAX_BYTES_TOGETHER = 32 * 2 ** 20;

/** The memory that all bodies in flight share. */
export class BodyMemory {
  private taken = 0;

  /** Reserves bytes. Returns false if not enough are left. */
  take(bytes: number): boolean {
    if (this.taken + bytes > MAX_BYTES_TOGETHER) {
      return false;
    }
    this.taken += bytes;
    return true;
  }

  /** Gives bytes back. */
  give(bytes: number): void {
    this.taken -= bytes;
  }
}

/** Why a body is not kept whole: it is longer than what is looked at, or there is no memory left for it. */
export type Cut = 'too long' | 'no memory';

/** The beginning of the body of one answer. */
export class Body {
  /** A copy, since a chunk keeps everything that was read with it in memory. */
  private bytes = Buffer.alloc(0);
  private length = 0;
  private reason: Cut | undefined;

  constructor(private readonly memory: BodyMemory) {}

  /** Why it ends before the body does; nothing when it is whole. */
  get cut(): Cut | undefined {
    return this.reason;
  }

  /** Adds the next chunk, as far as there is room. */
  append(chunk: Buffer): void {
    if (this.reason !== undefined) {
      return;
    }
    const end = Math.min(this.length + chunk.length, MAX_BODY_BYTES);
    if (end > this.bytes.length && !this.grow(end)) {
      this.reason = 'no memory';
      return;
    }
    if (end < this.length + chunk.length) {
      this.reason = 'too long';
    }
    chunk.copy(this.bytes, this.length, 0, end - this.length);
    this.length = end;
  }

  /** The text. A character that was cut in two is U+FFFD. */
  toString(): string {
    return this.bytes.toString('utf8', 0, this.length);
  }

  /** Gives its memory back. */
  release(): void {
    this.memory.give(this.bytes.length);
    this.bytes = Buffer.alloc(0);
    this.length = 0;
  }

  private grow(least: number): boolean {
    const size = Math.max(least, Math.min(2 * this.bytes.length, MAX_BODY_BYTES));
    if (!this.memory.take(size - this.bytes.length)) {
      return false;
    }
    const larger = Buffer.allocUnsafe(size);
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
    return true;
  }
}
