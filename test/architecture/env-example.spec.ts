import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../src/arch/common/infrastructure/config/environment.schema.js';

const root = resolve(import.meta.dirname, '../..');
const inCode = new Set(Object.keys(environmentSchema.shape));

describe('the environment variables', () => {
  it('are those of .env.example, and no others', () => {
    const listed = readFileSync(resolve(root, '.env.example'), 'utf8').matchAll(/^#? ?([A-Z][A-Z_]+)=/gm);
    expect(new Set([...listed].map(([, name]) => name))).toEqual(inCode);
  });

  it("are those of the README's table, and no others", () => {
    const listed = readFileSync(resolve(root, 'README.md'), 'utf8').matchAll(/^\| `([A-Z_]+)`/gm);
    expect(new Set([...listed].map(([, name]) => name))).toEqual(inCode);
  });
});
