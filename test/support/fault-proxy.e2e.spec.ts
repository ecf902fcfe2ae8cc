import { describe, expect } from 'vitest';
import { apiTest } from './api-test.js';
import { FaultProxy } from './fault-proxy.js';

const test = apiTest.extend('proxy', async ({ server }, { onCleanup }) => {
  const proxy = await FaultProxy.open(server.url);
  onCleanup(() => proxy.close());
  return proxy;
});

describe('FaultProxy', () => {
  test('passes requests on, and lists them', async ({ proxy }) => {
    expect((await fetch(`${proxy.url}/health`)).status).toBe(200);
    expect((await fetch(`${proxy.url}/users?limit=1`)).status).toBe(401);
    expect(proxy.requests).toEqual(['GET /health', 'GET /users?limit=1']);
  });

  test('refuses connections until it admits them', async ({ proxy }) => {
    proxy.refuse();
    await expect(fetch(`${proxy.url}/health`)).rejects.toThrow('fetch failed');
    proxy.admit();
    expect((await fetch(`${proxy.url}/health`)).ok).toBe(true);
  });

  test('tells nothing while it swallows, and ends those connections afterwards', async ({ proxy }) => {
    proxy.swallow();
    const answer = fetch(`${proxy.url}/health`);
    const refusal = answer.catch((error: unknown) => error);
    await expect.poll(() => proxy.connections).toBe(1);
    proxy.flow();
    expect(await refusal).toMatchObject({ message: 'fetch failed' });
    expect((await fetch(`${proxy.url}/health`)).ok).toBe(true);
  });

  test('passes requests on whose answers it swallows', async ({ proxy, server }) => {
    proxy.swallowAnswers();
    const email = 'unanswered@test.example';
    const body = JSON.stringify({ email, password: 'correct horse battery', displayName: 'Ada' });
    const headers = { 'content-type': 'application/json' };
    const answer = fetch(`${proxy.url}/auth/signup`, { method: 'POST', headers, body });
    const refusal = answer.catch((error: unknown) => error);
    const rows = (): Promise<unknown[]> =>
      server.database.query('select from users where email = $1', [email]);
    await expect.poll(async () => (await rows()).length).toBe(1);
    proxy.flow();
    expect(await refusal).toMatchObject({ message: 'fetch failed' });
  });

  test('lets no WebSocket through', async ({ proxy }) => {
    proxy.blockWebSockets();
    expect((await fetch(`${proxy.url}/socket.io/?EIO=4&transport=polling`)).status).toBe(200);
    await expect(fetch(`${proxy.url}/socket.io/?EIO=4&transport=websocket`)).rejects.toThrow('fetch failed');
  });

  test('cuts in the midst of an answer', async ({ proxy }) => {
    proxy.cutAfter(10);
    await expect(fetch(`${proxy.url}/health`)).rejects.toThrow('fetch failed');
  });

  test('delays in both directions', async ({ proxy }) => {
    proxy.latency = 40;
    const begun = performance.now();
    await fetch(`${proxy.url}/health`);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(79);
  });
});
