import { expect } from 'vitest';
import { callApi } from '../support/api.js';
import { expectHistory, expectLive, expectUnavailable } from './expect-history.js';
import { HealthWatch } from './health-watch.js';
import { ask } from './postmaster.js';
import type { RunningServer } from './server-process.js';
import { Traffic } from './traffic.js';
import { waitUntil } from './wait-until.js';

/** Milliseconds between the database's first answer and the server's. */
const BACK_WITHIN = 5_000;

interface Outage {
  readonly server: RunningServer;
  readonly token: string;
  readonly conversationId: string;
  readonly database: { host: string; port: number; user: string; database: string };
  /** Stops the database. */
  begin(): Promise<void>;
  /** Starts it again, unless that happens by itself. */
  end?(): Promise<void>;
}

/** Expects that an outage of the database during sends loses no acknowledged message, and only delays clients. */
export async function expectToOutlive(outage: Outage): Promise<void> {
  const { server, token, conversationId, database } = outage;
  const health = new HealthWatch(server.url);
  const traffic = await Traffic.start(server.url, token, conversationId);
  await traffic.goesOn(20);

  await outage.begin();
  // An outage that ends by itself may be over before the cached readiness has expired.
  const isUnready = () => !outage.end || health.ready.some(({ status }) => status === 503);
  await waitUntil('failures of both kinds, and no readiness', () => {
    const kinds = new Set(traffic.failures.map(({ via }) => via));
    return kinds.size === 2 && isUnready();
  });
  await outage.end?.();
  await waitUntil('the database', () => ask(database, 'select 1').catch(() => undefined), 20_000);
  await traffic.goesOn(8, BACK_WITHIN);
  await traffic.stop();
  await health.stop();

  expectUnavailable(traffic);
  await expectHistory(server.url, token, conversationId, traffic);
  expectLive(traffic);
  const refusals = health.ready.filter(({ status }) => status !== 200);
  for (const { status, headers, body } of refusals) {
    expect({ status, ...body }).toMatchObject({
      status: 503,
      code: 'UNAVAILABLE',
      details: [{ path: 'database' }],
    });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect(new Set(health.alive)).toEqual(new Set([200]));
  // The readiness is cached for a second.
  const isReady = async () => (await callApi(server.url, 'GET', '/health/ready')).status === 200;
  await waitUntil('readiness', isReady, 5_000);
  expect(server.child.exitCode).toBeNull();
  expect(server.stderr).toBe('');
  expect(server.log.filter(({ level }) => level >= 50)).toEqual([]);
}
