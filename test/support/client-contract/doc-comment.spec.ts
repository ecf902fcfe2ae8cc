import { expect, it } from 'vitest';
import { docComment } from './doc-comment.js';
import type { JsonSchema } from './json-schema.js';

it.each<[JsonSchema, string]>([
  [{ type: 'string', description: 'Exactly as sent.' }, 'Exactly as sent.'],
  [{ type: 'string', format: 'uuid' }, 'A UUID.'],
  [{ anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] }, 'A time in ISO 8601.'],
  [{ type: 'string', format: 'uuid', description: 'The thread.' }, 'The thread.'],
  [{ type: 'string', minLength: 1, maxLength: 4_000 }, '1 to 4,000 characters.'],
  [{ type: 'string', minLength: 1 }, 'Not empty.'],
  [{ type: 'array', maxItems: 50 }, 'At most 50 entries.'],
  [{ type: 'integer', minimum: 0, maximum: 60 }, '0 to 60.'],
  [
    { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, default: 1 },
    'At least 1. Default: `1`.',
  ],
  [{ type: 'string', pattern: '^[a-z]+$', description: 'Yours.' }, 'Yours. Matches `^[a-z]+$`.'],
  [{ description: 'Ends with */ early.' }, String.raw`Ends with *\/ early.`],
])('says of %o: %s', (schema, text) => {
  expect(docComment(schema, '  ')).toBe(`  /** ${text} */\n`);
});

it('says nothing of what the type says', () => {
  expect(docComment({ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER })).toBe('');
});
