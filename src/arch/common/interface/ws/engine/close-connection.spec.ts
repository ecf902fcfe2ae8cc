import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeConnection } from './close-connection.js';
import type { Connection } from './engine-connection.js';

/** Records the packets and the close that a peer is sent, in order. */
class PeerFake extends EventEmitter {
  readonly sent: string[] = [];
  pending: string[] = [];
  readyState = 'open';

  constructor(readonly transport: object) {
    super();
  }

  /** Starts the close, as `closeConnection` does for a server that drains. */
  close = (discard: boolean): void => {
    this.sent.push(discard ? 'cut' : 'close');
    if (discard) this.end();
  };

  startClose(late?: Promise<unknown>): { done: boolean } {
    const state = { done: false };
    const finish = (): void => void this.sent.push(...this.pending.splice(0));
    const closed = closeConnection(this as unknown as Connection, late, finish);
    void closed.then(() => (state.done = true));
    return state;
  }

  end(): void {
    this.readyState = 'closed';
    this.emit('close');
  }
}

const turn = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const polling = () => new PeerFake({ name: 'polling', closeTimeout: 30_000 });

/** @param isTaken whether the peer reads what it is sent */
function websocket(isTaken: boolean) {
  const written: (() => void)[] = [];
  const socket = Object.assign(new EventEmitter(), {
    _socket: {
      writableLength: isTaken ? 0 : 1,
      write: (_data: string, done: () => void) => void written.push(done),
    },
    terminate: () => void peer.sent.push('terminated'),
  });
  const peer = new PeerFake({ name: 'websocket', socket });
  const take = (): void => {
    for (const done of written.splice(0)) done();
  };
  return { peer, take, end: () => socket.emit('close') };
}

describe('a polling connection', () => {
  it('gets its pending packets before the close, is closed when the peer is gone, and leaves no timer', async () => {
    const peer = polling();
    peer.pending = ['first', 'second'];
    const state = peer.startClose();
    await turn();
    expect([peer.sent, state.done]).toEqual([['first', 'second', 'close'], false]);
    peer.end();
    await turn();
    expect([peer.sent.at(-1), state.done]).toEqual(['close', true]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that does not fetch its close is cut after a second', async () => {
    const peer = polling();
    const state = peer.startClose();
    expect(peer.transport).toMatchObject({ closeTimeout: 1_000 });
    await vi.advanceTimersByTimeAsync(999);
    expect([peer.sent, state.done]).toEqual([['close'], false]);
    await vi.advanceTimersByTimeAsync(1);
    expect([peer.sent, state.done]).toEqual([['close', 'cut'], true]);
  });
});

describe('a websocket', () => {
  it('gets also the packets that came while it took the earlier ones, before the close', async () => {
    const { peer, take, end } = websocket(false);
    peer.pending = ['earlier'];
    const state = peer.startClose(new Promise(() => undefined));
    peer.pending = ['meanwhile'];
    expect(peer.sent).toEqual(['earlier']);
    take();
    await turn();
    expect([peer.sent, state.done]).toEqual([['earlier', 'meanwhile', 'close'], false]);
    end();
    await turn();
    expect(state.done).toBe(true);
  });

  it('that does not read is cut when it is late, and not before', async () => {
    const { peer } = websocket(false);
    const late = Promise.withResolvers<void>();
    peer.startClose(late.promise);
    await turn();
    expect(peer.sent).toEqual([]);
    late.resolve();
    await vi.waitUntil(() => peer.sent.length > 0, { interval: 1 });
    expect(peer.sent).toEqual(['close', 'terminated']);
  });

  it('that has taken everything is not cut', async () => {
    const { peer, end } = websocket(true);
    const state = peer.startClose();
    await vi.waitUntil(() => peer.sent.length > 0, { interval: 1 });
    end();
    await turn();
    expect([peer.sent, state.done]).toEqual([['close'], true]);
  });
});

it('that is closed already is not closed again', async () => {
  const peer = polling();
  peer.end();
  const state = peer.startClose();
  await turn();
  expect([peer.sent, state.done, vi.getTimerCount()]).toEqual([[], true, 0]);
});
