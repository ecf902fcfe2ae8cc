import { expect, it } from 'vitest';
import { schemaText } from './schema-text.js';

it.each([
  [{ type: 'string' }, 'string'],
  [{ type: 'string', format: 'uuid' }, 'string (uuid)'],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
  [{ enum: ['owner', 'admin'] }, '&quot;owner&quot; | &quot;admin&quot;'],
  [{ const: true }, 'true'],
  [{ type: 'array', items: { type: 'integer' } }, 'integer[]'],
  [{ $ref: '#/components/schemas/Message' }, '<a href="#Message">Message</a>'],
  [{ type: 'object', properties: {} }, '{}'],
])('%j is %s', (schema, text) => {
  expect(schemaText(schema)).toBe(text);
});

it('an object has a line for each field, with its description; one that may be missing has a question mark', () => {
  const me = { type: 'object', properties: { role: { type: 'string' } }, required: ['role'] };
  const rev = { type: 'integer', description: 'Rises <always>.' };
  const text = schemaText({ type: 'object', properties: { rev, me }, required: ['me'] });
  expect(text).toBe('{\n  rev?: integer <i>Rises &lt;always&gt;.</i>\n  me: {\n    role: string\n  }\n}');
});
