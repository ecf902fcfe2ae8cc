import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { developmentSecret } from './development-secret.js';
import { StartupError } from './startup.error.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'causerie-secret-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('makes 256 bits, for this user only, and keeps them', () => {
  const dataDir = join(folder, 'new', 'data');
  const secret = developmentSecret(dataDir);
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  expect(developmentSecret(dataDir)).toBe(secret);
  const [file, ...others] = readdirSync(dataDir);
  expect(others).toEqual([]);
  expect(readFileSync(join(dataDir, String(file)), 'utf8')).toBe(secret);
  expect(statSync(join(dataDir, String(file))).mode & 0o777).toBe(0o600);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
});

it('makes another one in another folder', () => {
  expect(developmentSecret(join(folder, 'a'))).not.toBe(developmentSecret(join(folder, 'b')));
});

it('is not stopped by the draft of a start that was killed', () => {
  writeFileSync(join(folder, `jwt-access-secret.${process.pid}`), 'half');
  expect(Buffer.from(developmentSecret(folder), 'base64url')).toHaveLength(32);
});

it.each(['', 'too short'])('does not sign with what is left of one: %j', (rest) => {
  writeFileSync(join(folder, 'jwt-access-secret'), rest);
  expect(() => developmentSecret(folder)).toThrow(StartupError);
});

it('names DATA_DIR when it cannot be used', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(() => developmentSecret(file)).toThrow(StartupError);
  expect(() => developmentSecret(file)).toThrow(/^DATA_DIR \S+ is not a folder: choose another DATA_DIR$/);
});
