import { expect, it } from 'vitest';
import { type JsonSchema, meaningOf } from './json-schema.js';
import { printParts, printType } from './print-type.js';

const ROLE = { type: 'string', enum: ['owner', 'member'] };
const names = new Map([[meaningOf(ROLE), 'Role']]);
const answered = { names, isSent: false };
const object = (properties: Record<string, JsonSchema>, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  required,
});

it.each<[string, JsonSchema, string]>([
  ['a text', { type: 'string' }, 'string'],
  ['a text with a pattern', { type: 'string', pattern: '^a$' }, 'string'],
  ['an integer', { type: 'integer', minimum: 1 }, 'number'],
  ['a constant', { type: 'boolean', const: true }, 'true'],
  [
    'an enumeration',
    { type: 'string', enum: ['a', "it's", 'say "x"'] },
    String.raw`'a' | 'it\'s' | 'say "x"'`,
  ],
  ['null in an enumeration', { type: ['string', 'null'], enum: [null] }, 'null'],
  ['a nullable text', { type: ['string', 'null'] }, 'string | null'],
  ['a union', { anyOf: [{ type: 'number' }, { type: 'null' }] }, 'number | null'],
  ['a union of equal types', { oneOf: [{ type: 'integer' }, { type: 'number' }] }, 'number'],
  ['a reference', { $ref: '#/components/schemas/Message' }, 'Message'],
  ['a reference with a description', { allOf: [{ $ref: '#/x/Message' }], description: 'Last.' }, 'Message'],
  ['an intersection', { allOf: [{ $ref: 'A' }, { anyOf: [{ $ref: 'B' }, { $ref: 'C' }] }] }, 'A & (B | C)'],
  ['an array', { type: 'array', items: { type: 'string' } }, 'readonly string[]'],
  ['an array of anything', { type: 'array' }, 'readonly unknown[]'],
  [
    'an array of a union',
    { type: 'array', items: { type: ['string', 'null'] } },
    'readonly (string | null)[]',
  ],
  [
    'an array of arrays',
    { type: 'array', items: { type: 'array', items: { $ref: 'A' } } },
    'readonly (readonly A[])[]',
  ],
  ['an array of a named part', { type: 'array', items: ROLE }, 'readonly Role[]'],
  ['a record', { type: 'object', additionalProperties: ROLE }, 'Readonly<Record<string, Role>>'],
  ['any object', { type: 'object', additionalProperties: {} }, 'Readonly<Record<string, unknown>>'],
  ['an open object without fields', object({}), 'Readonly<Record<string, unknown>>'],
  ['a closed one', { ...object({}), additionalProperties: false }, 'Readonly<Record<string, never>>'],
  ['anything', { description: 'Whatever.' }, 'unknown'],
  ['a file', { type: 'string', format: 'binary' }, 'unknown'],
  ['a named part with another description', { ...ROLE, description: 'Of then.' }, 'Role'],
])('prints %s', (_name, schema, type) => {
  expect(printType(schema, answered)).toBe(type);
});

it('prints the fields of an object, quoted where they are no identifiers', () => {
  const schema = object({ id: { type: 'string' }, 'x-y': { type: 'number' }, 2: { type: 'null' } }, ['id']);
  expect(printType(schema, answered)).toBe(
    "{\n  readonly '2'?: null;\n  readonly id: string;\n  readonly 'x-y'?: number;\n}",
  );
});

it('indents objects within objects', () => {
  const schema = object({ user: object({ id: { type: 'string' } }, ['id']) }, ['user']);
  expect(printType(schema, answered)).toBe('{\n  readonly user: {\n    readonly id: string;\n  };\n}');
});

it('admits undefined where a field of a request may be absent', () => {
  const schema = object({ a: { type: 'string' }, b: { type: 'string' } }, ['a']);
  expect(printType(schema, { names, isSent: true })).toBe(
    '{\n  readonly a: string;\n  readonly b?: string | undefined;\n}',
  );
});

it('prints a schema that refers to itself by its name', () => {
  const tree = object({ children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } });
  expect(printType(tree, answered)).toBe('{\n  readonly children?: readonly Tree[];\n}');
});

it('writes a named part out where it is declared', () => {
  expect(printParts(ROLE, answered)).toBe("'owner' | 'member'");
});

it.each<[string, JsonSchema]>([
  ['an unknown type', { type: 'tuple' }],
  ['fields beside others', { ...object({ a: {} }), additionalProperties: { type: 'string' } }],
])('refuses %s', (_name, schema) => {
  expect(() => printType(schema, answered)).toThrow(/^There is no (exact )?type for /);
});
