import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { ERRORS } from '../../../src/arch/error-catalogue.js';
import { seedDemoData } from '../../../src/arch/common/infrastructure/database/seed.dev.js';
import { handshakeRefusal } from '../../../src/arch/common/interface/ws/session/session-events.js';
import { SOCKET_EVENTS } from '../../../src/arch/socket-events.js';
import { apiTest as it } from '../../support/api-test.js';

const root = resolve(import.meta.dirname, '../../..');
const guide = readFileSync(resolve(root, 'docs/realtime.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, code = '']) => code);

it.beforeAll(async ({ server }) => {
  await seedDemoData(server.database.connection);
});

it('the program of docs/realtime.md prints the output on the page', async ({ server }) => {
  const env = { ...process.env, CAUSERIE_URL: server.url };
  const child = spawn(process.execPath, ['--input-type=module', '-'], { cwd: root, env, timeout: 30_000 });
  child.stdin.end(blocks('js').join('\n'));
  const [printed, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(errors).toBe('');
  expect(printed).toBe(blocks('text')[0]);
});

it('the page names every event', () => {
  const names = [...Object.keys(SOCKET_EVENTS.client), ...Object.keys(SOCKET_EVENTS.server)];
  expect(names.filter((name) => !guide.includes(`| \`${name}\``))).toEqual([]);
});

it('every code on the page is one of an error', () => {
  const codes = [...guide.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, code]) => code);
  const known = new Set<string | undefined>(ERRORS.map(({ code }) => code));
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.filter((code) => !known.has(code))).toEqual([]);
});

it('the page names each code with which a handshake is refused permanently, and no other', () => {
  const rows = [...guide.matchAll(/^\| `([A-Z_]+)` +\| the handshake(?!, as an HTTP answer)/gm)];
  const { code } = handshakeRefusal.payload.shape.data.shape;
  expect(rows.map(([, name = '']) => name).toSorted()).toEqual(code.options.toSorted());
});
