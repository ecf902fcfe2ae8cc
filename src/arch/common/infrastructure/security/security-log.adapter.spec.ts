import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testConfig } from '../../../../../test/support/test-config.js';
import type { SecurityEvent } from '../../application/ports/security-log.port.js';
import { SecurityLogAdapter } from './security-log.adapter.js';

const CALLER = {
  address: '203.0.113.7',
  userAgent: 'Browser/1.0',
  requestId: 'r1',
  action: 'POST /auth/login',
};
const [ADA, EVE] = [randomUUID(), randomUUID()];
const denied = (userId?: string): SecurityEvent => ({
  event: 'authz.denied',
  code: 'PERMISSION_DENIED',
  userId,
});

let lines: Record<string, unknown>[];
let log: SecurityLogAdapter;
const open = (variables: Record<string, string> = {}) => new SecurityLogAdapter(testConfig(variables));

const provoke = (count: number, event: SecurityEvent, address = CALLER.address) => {
  for (let i = 0; i < count; i += 1) log.recordEvent(event, { ...CALLER, address });
};

beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
  for (const level of ['log', 'warn'] as const) {
    vi.spyOn(Logger.prototype, level).mockImplementation(
      (line: object) => void lines.push({ level, ...line }),
    );
  }
  log = open();
});

afterEach(() => {
  log.onApplicationShutdown();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('a line', () => {
  it('logs what happened, the caller and its address, and identifies no user', () => {
    log.recordEvent(
      { event: 'auth.login.ok', email: 'ada@example.com', userId: ADA, sessionId: 's1' },
      CALLER,
    );
    expect(lines).toEqual([
      {
        level: 'log',
        event: 'auth.login.ok',
        account: expect.stringMatching(/^[\w-]{22}$/),
        login: expect.stringMatching(/^[\w-]{22}$/),
        sessionId: 's1',
        ...CALLER,
        msg: 'auth.login.ok',
      },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/ada@|example/);
    expect(JSON.stringify(lines)).not.toContain(ADA);
  });

  it('is a warning for a refusal', () => {
    log.recordEvent(denied(ADA), CALLER);
    expect(lines).toEqual([expect.objectContaining({ level: 'warn', code: 'PERMISSION_DENIED' })]);
  });

  it('names the caller of the request in flight', async () => {
    await new Promise<void>((resolve) => {
      log.runAsCaller(CALLER, () =>
        queueMicrotask(() => {
          log.recordEvent(denied());
          resolve();
        }),
      );
    });
    log.recordEvent(denied());
    expect(lines.map(({ requestId }) => requestId)).toEqual(['r1', null]);
  });

  it('has the same hash for the same account, another for each other, and another under another secret', () => {
    for (const id of [ADA, ADA, EVE]) log.recordEvent(denied(id), CALLER);
    open().recordEvent(denied(ADA), CALLER);
    const [one, again, other, elsewhere] = lines.map(({ account }) => account);
    expect(again).toBe(one);
    expect(new Set([one, other, elsewhere]).size).toBe(3);
  });

  it('bounds what a caller wrote', () => {
    log.recordEvent(denied(), { ...CALLER, userAgent: 'x'.repeat(10_000) });
    expect(lines[0]?.['userAgent']).toBe('x'.repeat(255));
  });
});

describe('addresses', () => {
  it.each([
    ['203.0.113.7', '203.0.113.0/24'],
    ['::ffff:203.0.113.7', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    [null, null],
  ])('%s is truncated to %s when that is configured', (address, shown) => {
    open({ SECURITY_LOG_ADDRESSES: 'truncated' }).recordEvent(denied(), { ...CALLER, address });
    log.recordEvent(denied(), { ...CALLER, address });
    expect(lines.map((line) => line['address'])).toEqual([shown, address]);
  });
});

describe('a caller who provokes lines at will', () => {
  it('gets five of a kind a minute, then one that counts the rest, and then five again', () => {
    provoke(12, denied(ADA));
    provoke(1, denied(EVE));
    expect(lines).toHaveLength(6);
    vi.advanceTimersByTime(60_000);
    expect(lines.slice(6)).toEqual([expect.objectContaining({ event: 'authz.denied', omitted: 7 })]);
    provoke(5, denied(ADA));
    expect(lines).toHaveLength(12);
  });

  it('gets no more by other addresses of the own network', () => {
    for (let i = 1; i <= 9; i += 1)
      provoke(1, { event: 'ws.refused', code: 'TOKEN_INVALID' }, `2001:db8::${i}`);
    expect(lines).toHaveLength(5);
  });

  it('costs bounded lines and memory however many networks there are, and counts everything', () => {
    const event: SecurityEvent = { event: 'limit.hit', code: 'RATE_LIMITED' };
    for (let i = 0; i < 3_000; i += 1) provoke(1, event, `2001:db8:${i.toString(16)}::1`);
    expect(lines).toHaveLength(1_005);
    log.onApplicationShutdown();
    expect(lines.slice(1_005)).toEqual([expect.objectContaining({ omitted: 1_995 })]);
  });

  it('does not hide what costs a right password, or ends something', () => {
    for (let i = 0; i < 20; i += 1) {
      log.recordEvent({ event: 'session.ended', userId: ADA, sessionId: `s${i}`, reason: 'logout' }, CALLER);
    }
    expect(lines).toHaveLength(20);
  });
});
