import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../src/arch/common/infrastructure/config/environment.schema.js';

const root = resolve(import.meta.dirname, '../..');
const inCode = Object.keys(environmentSchema.shape).toSorted();

describe('the environment variables', () => {
  it('are those of .env.example, and no others', () => {
    const listed = readFileSync(resolve(root, '.env.example'), 'utf8').matchAll(/^#? ?([A-Z][A-Z_]+)=/gm);
    expect([...listed].map(([, name]) => name).toSorted()).toEqual(inCode);
  });

  it("are those of the README's table, and no others", () => {
    const listed = readFileSync(resolve(root, 'README.md'), 'utf8').matchAll(/^\| `([A-Z_]+)`/gm);
    expect([...listed].map(([, name]) => name).toSorted()).toEqual(inCode);
  });
});
