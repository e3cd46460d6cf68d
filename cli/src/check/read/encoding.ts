const BYTE_ORDER_MARKS = [
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
];

/** Bytes in UTF-8 and without a byte order mark. As in kubectl, the mark says which encoding it is; without one, it is UTF-8. */
export function inUtf8(bytes: Buffer): Buffer {
  const found = BYTE_ORDER_MARKS.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte));
  if (found === undefined) {
    return bytes;
  }
  if (found.encoding === 'utf-8') {
    return bytes.subarray(found.mark.length);
  }
  return Buffer.from(new TextDecoder(found.encoding).decode(bytes));
}

/** Why bytes are not read as a text. */
export const NOT_TEXT = 'this is no text in UTF-8';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as text; undefined if they are not UTF-8. */
export function decode(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}
