import { resolve } from 'node:path';
import { Parser } from '@asyncapi/parser';
import { describe, expect } from 'vitest';
import { SOCKET_EVENTS } from '../../src/arch/socket-events.js';
import { declaredAccess } from '../architecture/declared-access.js';
import { apiTest, PER_FILE } from '../support/api-test.js';

const it = apiTest.extend(
  'document',
  PER_FILE,
  async ({ server }) => `${JSON.stringify((await server.call('GET', '/api/asyncapi.json')).body, null, 2)}\n`,
);

describe('the document of the socket', () => {
  it('is the committed docs/asyncapi.json (after a change: pnpm openapi)', async ({ document }) => {
    await expect(document).toMatchFileSnapshot(resolve(import.meta.dirname, '../../docs/asyncapi.json'));
  });

  it('is valid AsyncAPI 3', async ({ document }) => {
    const { document: parsed, diagnostics } = await new Parser().parse(document);
    // The parser returns no document when it reports errors.
    expect(parsed?.version() ?? diagnostics.map(({ message }) => message)).toBe('3.0.0');
  });

  it('has a readable page, which names every event, runs nothing and loads nothing', async ({ server }) => {
    const response = await fetch(`${server.url}/api/docs/socket`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    const page = await response.text();
    const names = [...Object.keys(SOCKET_EVENTS.client), ...Object.keys(SOCKET_EVENTS.server)];
    expect(names.filter((name) => !page.includes(`<code>${name}</code></h3>`))).toEqual([]);
    expect(page).not.toMatch(/<script|<img|<link|style=|undefined|\[object/);
    const links = new Set([...page.matchAll(/href="([^"]+)"/g)].map(([, link = '']) => link));
    expect(links.size).toBeGreaterThan(5);
    const [within, elsewhere] = [true, false].map((isHere) =>
      [...links].filter((link) => link.startsWith('#') === isHere),
    );
    for (const link of within ?? []) expect(page).toContain(`id="${link.slice(1)}"`);
    for (const link of elsewhere ?? []) expect((await fetch(server.url + link)).status).toBe(200);
  });

  it('has the events that the gateways listen to', ({ server }) => {
    const events = declaredAccess(server.app).filter(({ kind }) => kind === 'event');
    expect(Object.keys(SOCKET_EVENTS.client).toSorted()).toEqual(
      events.map(({ address }) => address).toSorted(),
    );
  });
});
