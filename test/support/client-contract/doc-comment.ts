import type { JsonSchema } from './json-schema.js';

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'A UUID.',
  'date-time': 'A time in ISO 8601.',
  email: 'An e-mail address.',
  binary: 'The bytes of a file.',
};
const UNITS = [
  ['minLength', 'maxLength', ' characters'],
  ['minItems', 'maxItems', ' entries'],
  ['minimum', 'maximum', ''],
] as const;

/** A doc comment with its line break, of what a schema says that its type does not; nothing when there is nothing to say. */
export function docComment(schema: JsonSchema, indent = ''): string {
  const { description, default: initial, pattern, anyOf = [schema] } = schema;
  const sentences = [
    description,
    description === undefined ? FORMATS[anyOf[0]?.format ?? ''] : undefined,
    pattern === undefined ? undefined : `Matches \`${pattern}\`.`,
    ...UNITS.map(([min, max, unit]) => rangeText(schema[min], schema[max], unit)),
    initial === undefined ? undefined : `Default: \`${JSON.stringify(initial)}\`.`,
  ];
  return commentOf(sentences.filter((text) => text !== undefined).join(' '), indent);
}

/** A text as a doc comment, which it cannot end. */
export function commentOf(text: string, indent = ''): string {
  return text === '' ? '' : `${indent}/** ${text.replaceAll('*/', '*\\/')} */\n`;
}

/** Bounds that only say that a number is exact are none. */
function rangeText(least = 0, most = Number.MAX_SAFE_INTEGER, unit = ''): string | undefined {
  if (most < Number.MAX_SAFE_INTEGER) {
    const text = `${number(least)} to ${number(most)}${unit}.`;
    return least > 0 || unit === '' ? text : `At most ${number(most)}${unit}.`;
  }
  if (least === 1 && unit !== '') return 'Not empty.';
  return least > 0 ? `At least ${number(least)}${unit}.` : undefined;
}

const number = (value: number): string => value.toLocaleString('en');
