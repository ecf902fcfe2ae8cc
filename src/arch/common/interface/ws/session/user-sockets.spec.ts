import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RateLimitedError } from '../../../domain/errors/rate-limited.error.js';
import { ConnectionFake } from '../../../../../../test/fakes/connection.fake.js';
import { UserSockets } from './user-sockets.js';

const turn = () => vi.advanceTimersByTimeAsync(0);

const LIMITS = { places: 3, waiting: 2, answer: 4_000, grace: 5_000 };

describe('the connections of a user', () => {
  let sockets: UserSockets;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
    sockets = new UserSockets(LIMITS);
  });
  afterEach(() => vi.useRealTimers());

  async function admitted(userId: string, connection = new ConnectionFake()): Promise<ConnectionFake> {
    await sockets.admitConnection(connection.real, userId);
    return connection;
  }

  const three = () => Promise.all(Array.from({ length: 3 }, () => admitted('ada')));

  /** Reports whether the connection has a place by now. */
  function waiter(userId: string, connection = new ConnectionFake()) {
    const state = { connection, done: false, error: undefined as unknown };
    sockets.admitConnection(connection.real, userId).then(
      () => (state.done = true),
      (error: unknown) => (state.error = error),
    );
    return state;
  }

  it('are bounded, for each user alone', async () => {
    await three();
    const fourth = waiter('ada');
    await admitted('grace');
    expect(fourth.done).toBe(false);
  });

  it('wait for a place in their order', async () => {
    const [first, second] = await three();
    const waiting = [waiter('ada'), waiter('ada')];
    first?.close();
    await turn();
    expect(waiting.map(({ done }) => done)).toEqual([true, false]);
    second?.close();
    await turn();
    expect(waiting.map(({ done }) => done)).toEqual([true, true]);
  });

  it('wait for a place whatever they are for: another namespace is no way around', async () => {
    const [first] = await three();
    const fourth = waiter('ada');
    const again = waiter('ada', fourth.connection);
    await turn();
    expect([fourth.done, again.done]).toEqual([false, false]);
    first?.close();
    await turn();
    expect([fourth.done, again.done]).toEqual([true, true]);
  });

  it('are refused at once when too many wait', async () => {
    await three();
    for (let count = 0; count < 2; count += 1) waiter('ada');
    const refused = new ConnectionFake();
    await expect(admitted('ada', refused)).rejects.toThrow(
      new RateLimitedError(1_000, 'Too many connections'),
    );
    expect(refused.listenerCount('close')).toBe(0);
  });

  it('wait, a hundred in addition to twenty that have a place: a refused client would retry every second', async () => {
    sockets = new UserSockets();
    await Promise.all(Array.from({ length: 20 }, () => admitted('ada')));
    const waiting = Array.from({ length: 101 }, () => waiter('ada'));
    await turn();
    expect(waiting.filter(({ error }) => error !== undefined)).toEqual([waiting.at(-1)]);
  });

  it('that ends while it waits takes no place', async () => {
    const [first] = await three();
    const [gone, next] = [waiter('ada'), waiter('ada')];
    gone.connection.close();
    await turn();
    expect(gone).toMatchObject({ done: false, error: new RateLimitedError(1_000, 'Too many connections') });
    first?.close();
    await turn();
    expect(next.done).toBe(true);
  });

  it('that does not answer its pings is closed at once, the oldest first', async () => {
    const connections = await three();
    await vi.advanceTimersByTimeAsync(20_000);
    connections[0]?.emit('heartbeat');
    await vi.advanceTimersByTimeAsync(10_001);
    await admitted('ada');
    expect(connections.map(({ readyState }) => readyState)).toEqual(['open', 'closed', 'open']);
  });

  it('that does not answer an extra ping is closed then', async () => {
    const connections = await three();
    const newcomers = [waiter('ada'), waiter('ada')];
    expect(connections.map(({ pings }) => pings)).toEqual([1, 1, 1]);
    await vi.advanceTimersByTimeAsync(1_000);
    connections[0]?.emit('heartbeat');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(newcomers.map(({ done }) => done)).toEqual([true, true]);
    expect(connections.map(({ readyState }) => readyState)).toEqual(['open', 'closed', 'closed']);
  });

  it('that do not answer their pings free one place each: for waiting ones before a new one', async () => {
    const connections = await three();
    await vi.advanceTimersByTimeAsync(15_000);
    connections[2]?.emit('heartbeat');
    await vi.advanceTimersByTimeAsync(13_000);
    const first = waiter('ada');
    await vi.advanceTimersByTimeAsync(2_001);
    const [second, third] = [waiter('ada'), waiter('ada')];
    await turn();
    expect(connections.map(({ readyState }) => readyState)).toEqual(['closed', 'closed', 'open']);
    expect([first, second, third].map(({ done }) => done)).toEqual([true, true, false]);
  });

  it('that answers keeps its place, however many wait', async () => {
    const connections = await three();
    const newcomers = [waiter('ada'), waiter('ada')];
    await vi.advanceTimersByTimeAsync(1);
    for (const connection of connections) connection.emit('heartbeat');
    await vi.advanceTimersByTimeAsync(9_000);
    expect(newcomers.map(({ done }) => done)).toEqual([false, false]);
    expect(connections.map(({ readyState }) => readyState)).toEqual(['open', 'open', 'open']);
    expect(connections.map(({ pings }) => pings)).toEqual([1, 1, 1]);
  });

  it('that has answered is pinged again for a later newcomer, and is closed when it is silent by then', async () => {
    const connections = await three();
    const waiting = [waiter('ada')];
    await vi.advanceTimersByTimeAsync(1);
    for (const connection of connections) connection.emit('heartbeat');
    await vi.advanceTimersByTimeAsync(4_000);
    waiting.push(waiter('ada'));
    expect(connections.map(({ pings }) => pings)).toEqual([2, 2, 2]);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(waiting.map(({ done }) => done)).toEqual([true, true]);
    expect(connections.map(({ readyState }) => readyState)).toEqual(['closed', 'closed', 'open']);
  });

  it('have four seconds to answer an extra ping', async () => {
    sockets = new UserSockets();
    const [oldest] = await Promise.all(Array.from({ length: 20 }, () => admitted('ada')));
    const newcomer = waiter('ada');
    await vi.advanceTimersByTimeAsync(3_999);
    expect([newcomer.done, oldest?.readyState]).toEqual([false, 'open']);
    await vi.advanceTimersByTimeAsync(1);
    expect([newcomer.done, oldest?.readyState]).toEqual([true, 'closed']);
  });

  it('keeps its place when it comes back as the same user, and gives it up to become another', async () => {
    const [first] = await three();
    const newcomer = waiter('ada');
    await admitted('ada', first);
    await turn();
    expect(newcomer.done).toBe(false);
    await admitted('grace', first);
    await turn();
    expect(newcomer.done).toBe(true);
    first?.close();
    expect(sockets.size).toBe(1);
  });

  it('does not count when it ended during the handshake', async () => {
    for (let count = 0; count < 50; count += 1) {
      const gone = new ConnectionFake();
      gone.close();
      await admitted('ada', gone);
    }
    expect(sockets.size).toBe(0);
  });

  it('are forgotten with the last one, and leave no listener', async () => {
    const connections = await Promise.all(
      Array.from({ length: 1_000 }, (_, user) => admitted(`user-${user}`)),
    );
    for (const connection of connections) connection.close();
    expect(sockets.size).toBe(0);
    const [first] = connections;
    expect([first?.listenerCount('close'), first?.listenerCount('heartbeat')]).toEqual([0, 0]);
  });
});
