import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { toErrorPayload } from '../../src/arch/common/interface/errors/error-payload.js';
import { ERRORS } from '../../src/arch/error-catalogue.js';

const text = readFileSync(resolve(import.meta.dirname, '../../docs/errors.md'), 'utf8');

/** The cells of each row of a table whose first cell is a code. */
const rows = [...text.matchAll(/^\| `([A-Z_]+)` *\|(.*)\|$/gm)].map(([, code = '', rest = '']) => [
  code,
  ...rest.split('|').map((cell) => cell.trim()),
]);

it('docs/errors.md lists every code with its status, each once, and no other', () => {
  const listed = rows.map(([code, status]) => `${status} ${code}`);
  const inCode = ERRORS.map((error) => `${toErrorPayload(error).statusCode} ${error.code}`);
  expect(listed.toSorted()).toEqual(inCode.toSorted());
});

it('docs/errors.md describes for each what it means, when it occurs, and what to do', () => {
  const short = rows.filter((cells) => cells.length !== 5 || cells.some((cell) => cell.length < 3));
  expect(short).toEqual([]);
});

it('docs/errors.md lists each code under a heading with its status', () => {
  const headings = text.split(/^## /m).slice(1);
  const misplaced = headings.flatMap((section) => {
    const statuses = section.split(':', 1)[0]?.split(', ') ?? [];
    const listed = [...section.matchAll(/^\| `([A-Z_]+)` *\| (\d+) /gm)];
    return listed.flatMap(([, code, status = '']) => (statuses.includes(status) ? [] : [code]));
  });
  expect(misplaced).toEqual([]);
});

it('ARCHITECTURE.md names the file that throws each 403', () => {
  const architecture = readFileSync(resolve(import.meta.dirname, '../../ARCHITECTURE.md'), 'utf8');
  const place = architecture.split('**Where a 403 is made**')[1]?.split('\n- **')[0] ?? '';
  const named = [...place.matchAll(/`(\w+Error)`/g)].map(([, name = '']) => name);
  const forbidden = ERRORS.filter(({ kind }) => kind === 'Forbidden').map(({ name }) => name);
  expect(named.toSorted()).toEqual(forbidden.toSorted());
});
