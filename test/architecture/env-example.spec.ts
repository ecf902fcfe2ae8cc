import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type Environment,
  environmentSchema,
} from '../../src/arch/common/infrastructure/config/environment.schema.js';

const root = resolve(import.meta.dirname, '../..');
const inCode = new Set(Object.keys(environmentSchema.shape));
const example = readFileSync(resolve(root, '.env.example'), 'utf8');
const readme = readFileSync(resolve(root, 'README.md'), 'utf8');
/** The value that the server parses from a variable; without a text, from its absence. */
const parsed = (name: string, text?: string) =>
  environmentSchema.parse(text === undefined ? {} : { [name]: text })[name as keyof Environment];

describe('the environment variables', () => {
  it('are those of .env.example, and no others', () => {
    const listed = example.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm);
    expect(new Set([...listed].map(([, name]) => name))).toEqual(inCode);
  });

  it("are those of the README's table, and no others", () => {
    const listed = readme.matchAll(/^\| `([A-Z_]+)`/gm);
    expect(new Set([...listed].map(([, name]) => name))).toEqual(inCode);
  });

  it('are in .env.example with their defaults or empty, and all other lines are comments', () => {
    const lines = example.split('\n').filter((line) => line !== '' && !line.startsWith('# '));
    expect(lines.filter((line) => !/^[A-Z_]+=\S*$/.test(line))).toEqual([]);
    const values = lines.map((line) => line.split(/=(.*)/s)).filter(([, value]) => value !== '');
    expect(values.length).toBeGreaterThan(10);
    for (const [name = '', value] of values)
      expect([name, parsed(name, value)]).toEqual([name, parsed(name)]);
  });

  it("are in the README's table with their defaults", () => {
    const values = [...readme.matchAll(/^\| `([A-Z_]+)` +\| `([^`|]+)` +\|/gm)];
    expect(values.length).toBeGreaterThan(10);
    for (const [, name = '', value] of values)
      expect([name, parsed(name, value)]).toEqual([name, parsed(name)]);
  });
});
