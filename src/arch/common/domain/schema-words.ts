/** A fault as zod's raw issues describe it. */
export interface SchemaIssue {
  readonly code?: string | undefined;
  readonly input?: unknown;
  readonly expected?: unknown;
  readonly values?: readonly unknown[];
  readonly keys?: readonly string[];
  readonly origin?: unknown;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
}

export const REQUIRED = 'is required';
export const UNKNOWN = 'is not known here';

const TYPES = new Map<unknown, string>([
  ['string', 'a string'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'an array'],
  ['object', 'an object'],
]);
const UNITS = new Map<unknown, string>([
  ['string', ' characters'],
  ['array', ' entries'],
]);

/** Our texts for faults without a message in the schema; they never contain a value that was sent. */
export function schemaWords(issue: SchemaIssue): string {
  if (issue.input === undefined) return REQUIRED;
  return WORDS.get(issue.code)?.(issue) ?? 'is not valid';
}

const WORDS = new Map<string | undefined, (issue: SchemaIssue) => string | undefined>([
  ['invalid_type', ({ expected }) => (TYPES.has(expected) ? `must be ${TYPES.get(expected)}` : undefined)],
  ['invalid_value', ({ values = [] }) => `must be ${values.join(' or ')}`],
  ['too_small', ({ origin, minimum }) => bound('at least', origin, minimum)],
  ['too_big', ({ origin, maximum }) => bound('at most', origin, maximum)],
  ['unrecognized_keys', ({ keys = [] }) => `must not have ${keys.join(', ')}`],
]);

function bound(word: string, origin: unknown, limit: number | bigint | undefined): string {
  const unit = UNITS.get(origin);
  return unit === undefined ? `must be ${word} ${limit}` : `must have ${word} ${limit}${unit}`;
}
