import { globSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../src/arch/common/infrastructure/config/environment.schema.js';
import { namedNumbers, namelessLimits } from './named-numbers.js';
import { NO_LIMITS } from './no-limits.js';

const root = resolve(import.meta.dirname, '../..');
/** Its bounds are written by the generator, from schemas whose bounds have names. */
const GENERATED = 'packages/client/src/contract.ts';
/** Its bounds are those of the server that it stands for. */
const SERVER_FOR_TESTS = 'packages/client/src/testing/**';
const sources = globSync('{src,packages/*/src}/**/*.ts', {
  cwd: root,
  exclude: ['**/*.spec.ts', GENERATED, SERVER_FOR_TESTS],
}).map((file) => ({ file, text: readFileSync(resolve(root, file), 'utf8') }));

/** Constants in seconds; all other times are milliseconds. */
const IN_SECONDS = new Set([
  'conversation-settings.model.ts › SLOW_MODE_MAX',
  'environment.schema.ts › LONGEST_REFRESH',
  'environment.schema.ts › SHORTEST_ACCESS',
  'flood-meter.ts › PATIENCE',
  'invite.dto.ts › INVITE_SECONDS_DEFAULT',
  'invite.model.ts › INVITE_SECONDS_MAX',
  'kept-answers.ts › KEPT_FOR',
  'session-revocations.adapter.ts › MARGIN',
  'session-rotation.ts › SEALED_FOR',
  'session-sweeps.ts › DEVICE_KEPT',
  'session-sweeps.ts › ENDED_KEPT',
  'JWT_ACCESS_EXPIRATION',
  'JWT_REFRESH_EXPIRATION',
  'SESSION_MAX_AGE',
]);
/** Variables with numbers that are no limits; the size of the pool depends on the machine. */
const OTHER_VARIABLES = new Set(['PORT', 'TRUST_PROXY', 'DATABASE_POOL_SIZE']);
/**
 * Bounds without a name that neither clients nor operators notice: HTTP statuses, an example, the removal of a folder.
 */
const NAMELESS = new Set(['z.int().min(400)', 'z.int().min(400).max(599)', 'limit: 20', 'maxRetries: 5']);

/** A file is identified without its folder, so that it may be moved. */
const inCode = new Map<string, number>(
  sources.flatMap(({ file, text }) =>
    [...namedNumbers(text)].map(([name, value]) => [`${basename(file)} › ${name}`, value] as const),
  ),
);
for (const [name, value] of Object.entries(environmentSchema.parse({}))) {
  if (typeof value === 'number' && !OTHER_VARIABLES.has(name)) inCode.set(name, value);
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  KiB: 1_024,
  MiB: 1_048_576,
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** The value of a cell such as `1/8`, `16,384`, `2.5 s` or `64 KiB`; times are in milliseconds. */
function valueOf(cell: string): { value: number; isTime: boolean } {
  const [, number = '', divisor = '1', unit = ''] =
    /^([\d,.]+)(?:\/(\d+))?(?: ([A-Za-z]+))?$/.exec(cell) ?? [];
  const value = (Number(number.replaceAll(',', '')) / Number(divisor)) * (UNITS[unit] ?? Number.NaN);
  return { value: number === '' ? Number.NaN : value, isTime: /^(?:ms|s|min|h|d)$/.test(unit) };
}

/** The rows of the page's tables, by their place. */
const rows = readFileSync(resolve(root, 'docs/limits.md'), 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, limit = '', , place = '']) => limit !== 'limit' && place.startsWith('`'))
  .map(([, limit = '', value = '', place = '', seen = '']) => ({
    limit,
    value,
    place: place.replaceAll('`', ''),
    seen,
  }));

/** All fields of a constant may be listed together, by the constant. */
const constantOf = (place: string): string => place.replace(/( › [A-Z\d_]+)\..*$/, '$1');
const notLimits = new Set(Object.values(NO_LIMITS).flat());
const isNoLimit = (place: string): boolean => notLimits.has(place) || notLimits.has(constantOf(place));

describe('docs/limits.md', () => {
  it('has the value in the code for every limit', () => {
    expect(rows.length).toBeGreaterThan(150);
    const wrong = rows.filter(({ value: cell, place }) => {
      const { value, isTime } = valueOf(cell);
      const isInSeconds = IN_SECONDS.has(place);
      if (isInSeconds && !isTime) return true;
      return value !== (inCode.get(place) ?? Number.NaN) * (isInSeconds ? 1_000 : 1);
    });
    expect(wrong.map((row) => ({ ...row, inCode: inCode.get(row.place) }))).toEqual([]);
  });

  it('describes every limit, and what a client sees of it', () => {
    expect(rows.filter(({ limit, seen }) => limit.length < 3 || seen.length < 3)).toEqual([]);
  });

  it('has every limit once: a new named number belongs there, or into no-limits.ts', () => {
    const places = rows.map(({ place }) => place);
    expect([...inCode.keys()].filter((place) => !places.includes(place) && !isNoLimit(place))).toEqual([]);
    expect(places.filter((place, index) => places.indexOf(place) !== index || isNoLimit(place))).toEqual([]);
  });
});

it('no-limits.ts and the units name only existing constants', () => {
  const known = new Set([...inCode.keys()].flatMap((place) => [place, constantOf(place)]));
  expect([...notLimits, ...IN_SECONDS].filter((place) => !known.has(place))).toEqual([]);
});

it('a file with a limit has a name of its own', () => {
  const names = sources.filter(({ text }) => namedNumbers(text).size > 0).map(({ file }) => basename(file));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

it('every bound and every time has a name', () => {
  const found = sources.flatMap(({ file, text }) =>
    namelessLimits(text)
      .filter((written) => !NAMELESS.has(written))
      .map((written) => `${file}: ${written}`),
  );
  expect(found).toEqual([]);
});

describe('a number with a name', () => {
  it.each([
    ['const MAX_ROOMS = 1_000;', { MAX_ROOMS: 1_000 }],
    ['export const MAX_BYTES: number = 16 * 2 ** 20;', { MAX_BYTES: 16_777_216 }],
    ['const EACH = 8;\nconst ALL = EACH * (10 - 6) / 2;', { EACH: 8, ALL: 16 }],
    [
      'const LIMITS: Limits = { waiting: 4, name: "x", of: { user: 2 } };',
      { 'LIMITS.waiting': 4, 'LIMITS.of.user': 2 },
    ],
    ['export const LIMITS = { waiting: 4 } as const satisfies Limits;', { 'LIMITS.waiting': 4 }],
    ['const STEPS = [{ patience: 5 }] as const;', { 'STEPS.0.patience': 5 }],
  ])('is found: %s', (text, numbers) => {
    expect(Object.fromEntries(namedNumbers(text))).toEqual(numbers);
  });

  it.each([
    'const MARK = /x{3}/;',
    'const TYPES = new Set([1, 2]);',
    'const usual = 5;',
    'function f() { const MAX = 5; }',
  ])('is none: %s', (text) => {
    expect(namedNumbers(text).size).toBe(0);
  });
});

describe('a bound without a name', () => {
  it.each([
    'export const schema = z.object({ cursor: z.string().max(200) });',
    'const schema = text(1, 128);',
    'function wait() { setTimeout(guardListener(end), 5_000); }',
    'class Queue { private readonly cache = boundedCache(10_000); }',
    'new Client({ connectionTimeoutMillis: 10_000 });',
  ])('is found: %s', (text) => {
    expect(namelessLimits(text)).toHaveLength(1);
  });

  it.each([
    'export const LIMITS = { headersTimeout: 10_000 };',
    'const schema = z.string().min(1).max(CURSOR_MAX);',
    'Math.max(1, count);',
    'bytes.text(4);',
    'const example = { id: 12 };',
  ])('is none: %s', (text) => {
    expect(namelessLimits(text)).toEqual([]);
  });
});
