/** Words of YAML 1.1 that stand for a value. */
const WORDS: ReadonlyMap<string, unknown> = new Map(
  (
    [
      [true, ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']],
      [false, ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']],
      [null, ['', '~', 'null', 'Null', 'NULL']],
      [NaN, ['.nan', '.NaN', '.NAN']],
      [Infinity, ['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF']],
      [-Infinity, ['-.inf', '-.Inf', '-.INF']],
    ] as const
  ).flatMap(([value, written]) => written.map((word) => [word, value])),
);

/** How integers are written, each with the prefix by which BigInt knows its base. A 0 at the start makes one octal. */
const INTEGERS: readonly (readonly [RegExp, string])[] = [
  [/^([-+]?)(0|[1-9]\d*)$/, ''],
  [/^([-+]?)0[xX]([\da-fA-F]+)$/, '0x'],
  [/^([-+]?)0[oO]?([0-7]+)$/, '0o'],
  [/^([-+]?)0[bB]([01]+)$/, '0b'],
  [/^0b([-+])([01]+)$/, '0b'],
];
/** After a leading point, _ is allowed only between digits. */
const FRACTION = /^\.\d+(?:_\d+)*(?:[eE][-+]?\d+(?:_\d+)*)?$/;
const DECIMAL = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
/** Longer than every integer of 64 bits. */
const MAX_DIGITS = 100;

/**
 * The value of a scalar without quotes, as kubectl reads it: in YAML 1.1, as
 * [go-yaml v2](https://github.com/yaml/go-yaml/blob/v2/resolve.go) understands it.
 */
export function plainValue(text: string): unknown {
  const value = WORDS.get(text);
  return value === undefined ? (numberOf(text) ?? text) : value;
}

/** A text as an integer; undefined if it is not one, or has more than 64 bits. */
export function integerOf(text: string): number | undefined {
  const plain = text.replaceAll('_', '');
  if (!/^[-+\d]/.test(text) || plain.length > MAX_DIGITS) {
    return undefined;
  }
  for (const [pattern, prefix] of INTEGERS) {
    const [, sign, digits] = pattern.exec(plain) ?? [];
    if (digits === undefined) {
      continue;
    }
    const size = BigInt(prefix + digits);
    const isTooLarge = sign === '' ? size >= 2n ** 64n : size > (sign === '-' ? 2n ** 63n : 2n ** 63n - 1n);
    if (!isTooLarge) {
      return Number(sign === '-' ? -size : size);
    }
  }
  return undefined;
}

function numberOf(text: string): number | undefined {
  const integer = integerOf(text);
  if (integer !== undefined) {
    return integer;
  }
  const plain = text.replaceAll('_', '');
  const isNumber = text.startsWith('.') ? FRACTION.test(text) : /^[-+\d]/.test(text) && DECIMAL.test(plain);
  if (!isNumber) {
    return undefined;
  }
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/** The name of a field, as kubectl writes the value of its key; undefined if the key cannot be a name. */
export function fieldName(key: unknown): string | undefined {
  if (typeof key === 'number') {
    return Number.isInteger(key) ? String(BigInt(key)) : fractionName(key);
  }
  return typeof key === 'string' || typeof key === 'boolean' ? String(key) : undefined;
}

/** As Go writes a 32-bit number: with as few digits as identify it. */
function fractionName(value: number): string {
  let digits = 0;
  while (Math.fround(Number(value.toExponential(digits))) !== Math.fround(value)) {
    digits++;
  }
  const [mantissa, exponent] = value.toExponential(digits).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) {
    return String(Number(`${mantissa}e${power}`));
  }
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
