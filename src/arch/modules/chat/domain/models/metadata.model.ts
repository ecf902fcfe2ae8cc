/** JSON that the application defines: an object. */
export type Metadata = Readonly<Record<string, unknown>>;

/** Maximum bytes of the JSON text, with all digits of its numbers. */
const METADATA_BYTES_MAX = 4_096;
/** Maximum levels, the object itself included. */
const METADATA_DEPTH_MAX = 8;

const FAULTS = {
  depth: `must be at most ${METADATA_DEPTH_MAX} levels deep`,
  number: 'must have finite numbers only',
  text: 'must be valid Unicode without U+0000',
  bytes: `must be at most ${METADATA_BYTES_MAX} bytes as JSON`,
} as const;

/** Returns the rules that metadata breaks; an empty list when it breaks none. */
export function metadataFaults(metadata: Metadata): string[] {
  const found = new Set(faultsIn(metadata, 1));
  // Text that is nested more deeply is not measured.
  if (!found.has(FAULTS.depth) && bytesOf(metadata) > METADATA_BYTES_MAX) found.add(FAULTS.bytes);
  return [...found];
}

/** Whether two JSON values are the same, whatever the order of their keys. */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (!isNested(one) || !isNested(other)) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSameJson(one[key], other[key]))
  );
}

/** The JSON text with the keys of each object in order: the same for values that `isSameJson` holds for the same. */
export function canonicalJson(value: unknown): string {
  if (!isNested(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  const fields = Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, nested]) => `${JSON.stringify(key)}:${canonicalJson(nested)}`);
  return `{${fields.join()}}`;
}

function isNested(value: unknown): value is Metadata {
  return typeof value === 'object' && value !== null;
}

function faultsIn(value: unknown, depth: number): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [FAULTS.number];
  if (typeof value === 'string') return faultsOfText(value);
  if (!isNested(value)) return [];
  if (depth > METADATA_DEPTH_MAX) return [FAULTS.depth];
  return Object.entries(value).flatMap(([key, nested]) => [
    ...faultsOfText(key),
    ...faultsIn(nested, depth + 1),
  ]);
}

function faultsOfText(text: string): string[] {
  return text.isWellFormed() && !text.includes('\0') ? [] : [FAULTS.text];
}

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length + hiddenDigits(value);
}

/** The database writes `1e300` as 301 digits: so many bytes more than the JSON text has. */
function hiddenDigits(value: unknown): number {
  if (isNested(value)) return Object.values(value).reduce<number>((sum, each) => sum + hiddenDigits(each), 0);
  if (typeof value !== 'number') return 0;
  const text = String(Math.abs(value));
  const [digits = '', exponent] = text.split('e');
  if (exponent === undefined) return 0;
  const power = Number(exponent);
  const written = power > 0 ? power + 1 : 1 - power + digits.replace('.', '').length;
  return written - text.length;
}
