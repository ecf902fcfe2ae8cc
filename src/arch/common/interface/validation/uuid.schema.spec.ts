import { expect, it } from 'vitest';
import { uuid } from './uuid.schema.js';

it.each([
  '0199d0a2-6c1e-7000-8000-0000000000c1',
  '2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
])('takes %s, in either case, as PostgreSQL writes it', (id) => {
  expect(uuid.parse(id)).toBe(id);
  expect(uuid.parse(id.toUpperCase())).toBe(id);
});

it.each([
  '',
  'x',
  '0199d0a26c1e700080000000000000c1',
  '{0199d0a2-6c1e-7000-8000-0000000000c1}',
  '0199d0a2-6c1e-7000-8000-0000000000c',
  '0199d0a2-6c1e-7000-8000-0000000000c1\n',
  ' 0199d0a2-6c1e-7000-8000-0000000000c1',
  '0199d0a2-6c1e-7000-8000-0000000000g1',
  undefined,
  null,
  7,
  ['0199d0a2-6c1e-7000-8000-0000000000c1'],
])('refuses %j', (value) => {
  expect(uuid.safeParse(value).error?.issues[0]?.message).toBe('must be a UUID');
});
