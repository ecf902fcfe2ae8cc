import { createServer } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { listen } from '../../../src/arch/common/interface/http/server/listen.js';
import { createApp } from '../../../src/arch/create-app.js';
import { callApi } from '../../support/api.js';
import { testConfig } from '../../support/test-config.js';
import { apiTest as it } from '../../support/api-test.js';
import { INSTANT, refusal } from './support.js';

const routes = ['/health', '/health/live', '/health/ready'];
const healthy = { status: 'ok', timestamp: expect.stringMatching(INSTANT) };

describe('a healthy server', () => {
  it.for(routes)('answers %s with ok and the time, to anybody', async (path, { server }) => {
    const before = Date.now();
    const { status, body } = await server.call('GET', path, { token: 'nonsense' });
    expect(status).toBe(200);
    expect(body).toStrictEqual(healthy);
    expect(Date.parse(body.timestamp)).toBeGreaterThanOrEqual(before - 1);
    expect(Date.parse(body.timestamp)).toBeLessThanOrEqual(Date.now() + 1);
  });

  it('never limits the rate of /health', async ({ server }) => {
    const answers = await Promise.all(Array.from({ length: 300 }, () => server.call('GET', '/health')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});

describe('a server whose database is unavailable', () => {
  let url: string;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const connection = { host: '127.0.0.1', port: await closedPort(), user: 'u', database: 'd' };
    const app = await createApp(testConfig(), connection, pino({ level: 'silent' }));
    url = `http://127.0.0.1:${await listen(app, 0)}`;
    stop = () => app.close();
  });
  afterAll(() => stop());

  it.each(['/health', '/health/live'])('still answers %s', async (path) => {
    const { status, body } = await callApi(url, 'GET', path);
    expect(status).toBe(200);
    expect(body).toStrictEqual(healthy);
  });

  it('is not ready, names what is down and when to try again', async () => {
    const answer = await callApi(url, 'GET', '/health/ready');
    expect(refusal(answer)).toBe('503 UNAVAILABLE');
    expect(answer.body.details).toEqual([{ path: 'database', message: expect.any(String) }]);
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  });

  it('answers its other routes likewise, without details of the connection', async () => {
    const body = { email: 'a@b.io', password: 'password' };
    const answer = await callApi(url, 'POST', '/auth/login', { body });
    expect(refusal(answer)).toBe('503 UNAVAILABLE');
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(JSON.stringify(answer.body)).not.toMatch(/ECONN|127\.0\.0\.1/);
  });
});

/** A port that has just been free. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
