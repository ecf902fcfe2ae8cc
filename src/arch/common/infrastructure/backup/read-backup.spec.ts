import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { beginning, entriesOf } from '../../../../../test/support/made-backup.js';
import { requireKnownMigrations } from './require-known-migrations.js';
import { verifyBackup } from './verify-backup.js';
import { writeBackup } from './write-backup.js';

const folder = mkdtempSync(join(tmpdir(), 'causerie-backup-'));
let whole: Buffer;
let first: number;
beforeAll(async () => {
  const file = join(folder, 'whole');
  await writeBackup(
    file,
    entriesOf(
      beginning(),
      [{ kind: 'table', name: 'users', columns: ['id'] }, Buffer.from('1\n'.repeat(1_000))],
      [{ kind: 'end', rows: { users: 1_000 }, avatars: 0 }],
    ),
  );
  whole = readFileSync(file);
  first = whole.indexOf('\n') + 1;
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The same backup with other contents, compressed correctly. */
function changed(from: RegExp, to: string): Buffer {
  const text = gunzipSync(whole.subarray(first)).toString('latin1').replace(from, to);
  return Buffer.concat([whole.subarray(0, first), gzipSync(Buffer.from(text, 'latin1'))]);
}

function flipped(): Buffer {
  const bytes = Buffer.from(whole);
  const middle = Math.floor((first + whole.length) / 2);
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  return bytes;
}

const DAMAGED = 'is damaged or was cut off: use another backup.';
const FOREIGN = 'is no backup of this version of Causerie (`pnpm backup` makes them).';

it.each<readonly [string, () => Buffer, string]>([
  ['is cut off', () => whole.subarray(0, -20), DAMAGED],
  ['ends behind its first line', () => whole.subarray(0, first), DAMAGED],
  ['ends within the first bytes of gzip', () => whole.subarray(0, first + 5), DAMAGED],
  ['has another bit', flipped, DAMAGED],
  ['has a piece of an unknown kind', () => changed(/"kind":"table"/, '"kind":"tabel"'), DAMAGED],
  ['has no end', () => changed(/.{5}\{"kind":"end".*/s, ''), DAMAGED],
  ['goes on behind its end', () => changed(/$/, 'D\0\0\0\x01x'), DAMAGED],
  ['says a length beyond all bounds', () => changed(/^H..../s, 'H\xff\xff\xff\xff'), DAMAGED],
  ['has nothing in it', () => Buffer.alloc(0), FOREIGN],
  ['is another program’s', () => gzipSync('select 1'), FOREIGN],
  [
    'is of another format',
    () =>
      Buffer.concat([Buffer.from(String(whole.subarray(0, first)).replace('1', '2')), whole.subarray(first)]),
    FOREIGN,
  ],
])('a backup that %s is refused in a line', async (what, bytes, words) => {
  const file = join(folder, what.replaceAll(/\W/g, '-'));
  writeFileSync(file, bytes());
  await expect(verifyBackup(file)).rejects.toMatchObject({
    name: 'StartupError',
    message: `${file} ${words}`,
  });
});

it('a backup that cannot be read is refused with the reason', async () => {
  await expect(verifyBackup(join(folder, 'none'))).rejects.toThrow(/^The backup \S+ cannot be read: ENOENT/);
  await expect(verifyBackup(folder)).rejects.toThrow(/^The backup \S+ cannot be read: EISDIR/);
});

function requireKnown(...migrations: readonly number[]): void {
  const createdAt = '2026-01-01T00:00:00.000Z';
  requireKnownMigrations('some.backup', { kind: 'backup', createdAt, migrations: [...migrations] });
}

it('one of a newer version is refused, one of an older version is not', async () => {
  const { migrations } = (await verifyBackup(join(folder, 'whole'))).beginning;
  requireKnown(...migrations);
  requireKnown(...migrations.slice(0, 1));
  expect(() => requireKnown(...migrations, Number.MAX_SAFE_INTEGER)).toThrow(
    /^some\.backup \(of \S+\) was made by a newer version/,
  );
  expect(() => requireKnown(Number.MAX_SAFE_INTEGER)).toThrow('newer version');
});
