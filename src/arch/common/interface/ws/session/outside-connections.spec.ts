import { EventEmitter } from 'node:events';
import type { Namespace, Server, Socket } from 'socket.io';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClientAddresses } from '../../http/server/client-addresses.js';
import type { Connection } from '../engine/engine-connection.js';
import { isAdmitted, OutsideConnections } from './outside-connections.js';

/** Milliseconds that a connection may be in no namespace. */
const OUTSIDE = 10_000;

type Middleware = (socket: Socket, next: (error?: Error) => void) => void;

/** A namespace that lets in every socket that the limits let in. */
class NamespaceStub extends EventEmitter {
  private readonly middlewares: Middleware[] = [];

  use(middleware: Middleware): void {
    this.middlewares.push(middleware);
  }

  /** @returns whether the socket may be decided about */
  admits(socket: SocketStub): boolean {
    let admitted = true;
    for (const middleware of this.middlewares)
      middleware(socket as unknown as Socket, (error) => (admitted &&= error === undefined));
    return admitted;
  }
}

class ConnectionStub extends EventEmitter {
  readonly transport = { name: 'polling' };
  readonly request = null;
  readyState = 'open';
  /** Milliseconds after which it was closed. */
  closedAt: number | undefined;
  readonly client = { conn: this };

  constructor(private readonly engine: EventEmitter) {
    super();
    this.engine.emit('connection', this);
  }

  get isAdmitted(): boolean {
    return isAdmitted(this as unknown as Connection);
  }

  close(): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    this.closedAt = performance.now();
    this.emit('close');
  }

  /** Enters a namespace, with the rooms of a session. */
  enter(namespace: NamespaceStub, ...rooms: string[]): SocketStub {
    const socket = new SocketStub(this, namespace, new Set(rooms));
    if (namespace.admits(socket)) namespace.emit('connection', socket);
    return socket;
  }
}

class SocketStub extends EventEmitter {
  readonly client: ConnectionStub['client'];

  constructor(
    conn: ConnectionStub,
    readonly nsp: NamespaceStub,
    readonly rooms: ReadonlySet<string>,
  ) {
    super();
    this.client = conn.client;
  }

  leave(): void {
    this.emit('disconnecting');
  }
}

let outside: OutsideConnections;
let chat: NamespaceStub;
let connection: ConnectionStub;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'], now: 0 });
  const addresses = { addressOf: () => '192.0.2.1' } as unknown as ClientAddresses;
  outside = new OutsideConnections({ outside: OUTSIDE, perAddress: 100, silence: 1_000 }, addresses);
  const engine = new EventEmitter();
  outside.watchConnections({ engine } as unknown as Server);
  chat = new NamespaceStub();
  outside.guardNamespace(chat as unknown as Namespace);
  connection = new ConnectionStub(engine);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('the time of a connection outside the namespaces', () => {
  it('ends with its closing', () => {
    vi.advanceTimersByTime(OUTSIDE - 1);
    expect(connection.readyState).toBe('open');
    vi.advanceTimersByTime(1);
    expect(connection.closedAt).toBe(OUTSIDE);
  });

  it('that a busy process has let pass ends the connection when it is outside again', () => {
    const warned = vi.spyOn(process, 'emitWarning');
    const late = vi.spyOn(performance, 'now').mockReturnValue(OUTSIDE + 500);
    const socket = connection.enter(chat);
    const timer = vi.spyOn(globalThis, 'setTimeout');
    socket.leave();
    late.mockRestore();
    expect(timer).toHaveBeenCalledExactlyOnceWith(expect.any(Function), 0);
    vi.advanceTimersByTime(1);
    expect(connection.readyState).toBe('closed');
    expect(warned).not.toHaveBeenCalled();
  });

  it('is counted in total, whenever it was outside, and not while it is in a namespace', () => {
    vi.advanceTimersByTime(6_000);
    const socket = connection.enter(chat);
    vi.advanceTimersByTime(100_000);
    expect(connection.readyState).toBe('open');
    socket.leave();
    vi.advanceTimersByTime(3_000);
    const again = connection.enter(chat);
    vi.advanceTimersByTime(100_000);
    again.leave();
    vi.advanceTimersByTime(999);
    expect(connection.readyState).toBe('open');
    vi.advanceTimersByTime(1);
    expect(connection.readyState).toBe('closed');
  });

  it('is watched by no timer once the connection is closed or in a namespace', () => {
    const socket = connection.enter(chat);
    expect(vi.getTimerCount()).toBe(0);
    socket.leave();
    expect(vi.getTimerCount()).toBe(1);
    connection.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a connection counts as admitted', () => {
  it('while a CONNECT is decided and while it is in a namespace, and no longer', () => {
    expect(connection.isAdmitted).toBe(false);
    const socket = connection.enter(chat);
    expect(connection.isAdmitted).toBe(true);
    socket.leave();
    expect(connection.isAdmitted).toBe(false);
  });
});

describe('the end of a room', () => {
  it('closes the connections that were in it and are outside', () => {
    connection.enter(chat, 'session:1').leave();
    outside.endConnectionsOf('session:2');
    expect(connection.readyState).toBe('open');
    outside.endConnectionsOf('session:1');
    expect(connection.readyState).toBe('closed');
  });

  it('closes no connection that has come back with other rooms', () => {
    connection.enter(chat, 'session:1').leave();
    connection.enter(chat, 'session:2');
    outside.endConnectionsOf('session:1');
    expect(connection.readyState).toBe('open');
  });
});
