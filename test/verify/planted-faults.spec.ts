import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compile } from '../../scripts/compile.mjs';
import { CLIENT_FAULTS } from '../../verify/faults/client-faults.ts';
import { FAULTS, SILENT_NODES } from '../../verify/faults/faults.ts';
import { plantFault } from '../../verify/faults/plant-fault.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ALL = [...FAULTS, SILENT_NODES];

let built: string;
beforeAll(() => {
  built = mkdtempSync(join(tmpdir(), 'causerie-faults-'));
  const modules = new Set(ALL.map(({ module }) => join('arch', module.replace(/\.js$/, '.ts'))));
  compile([...modules], ROOT, built);
});
afterAll(() => rmSync(built, { recursive: true }));

it.each(ALL)('"$name" can be planted', (fault) => {
  const source = readFileSync(join(built, 'arch', fault.module), 'utf8');
  expect(plantFault(fault, source)).not.toBe(source);
});

it.each(CLIENT_FAULTS)('"$name" can be planted in the client library', (fault) => {
  const source = readFileSync(join(ROOT, 'packages/client/src', fault.module), 'utf8');
  expect(plantFault(fault, source)).not.toBe(source);
});

it('a text that does not occur cannot be replaced', () => {
  const fault = { name: 'x', rule: 'lost', module: 'm.js', replacements: [['there', 'here']] } as const;
  expect(() => plantFault(fault, 'nowhere')).toThrow('cannot be planted');
  expect(() => plantFault(fault, 'there, there')).toThrow('cannot be planted');
});
