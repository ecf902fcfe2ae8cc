import { guardListener } from '../../../application/guard-listener.js';
import type { InFlightWork } from '../../../application/in-flight-work.js';
import type { SecurityLogPort } from '../../../application/ports/security-log.port.js';
import { ShuttingDownError } from '../../../domain/errors/shutting-down.error.js';
import { UnknownEventError } from '../../../domain/errors/unknown-event.error.js';
import { recordRefusal } from '../../errors/record-refusal.js';
import type { AuthenticatedSocket } from '../../principal-of.js';
import { closeConnectionOf } from '../engine/engine-connection.js';
import type { EventQuota, WaitingSocket } from './event-quota.js';
import { socketCaller } from '../session/socket-caller.js';
import { type EventWork, SocketEventQueue } from './socket-event-queue.js';
import { type Ack, answerError, type ReceivedEvent } from './ws-answer.js';

/**
 * Nest's wrapper of a gateway method, with guards, pipes and filter; resolves to undefined when the filter has
 * answered.
 */
export interface EventHandler {
  readonly message: string;
  readonly callback: (payload: unknown, ack: Ack) => unknown;
}

/**
 * Events that are newer than the text of `UNKNOWN_EVENT`, which clients have recorded: the text stays as it is, and the
 * document of the socket lists all events.
 */
const NOT_LISTED: ReadonlySet<string> = new Set(['subscribe_presence']);

/** One dispatcher for each socket, whatever the number of gateways of its namespace. */
const dispatchers = new WeakMap<AuthenticatedSocket, SocketEvents>();

/**
 * Passes every event of a socket, known or unknown, through the socket's queue to its handler, and answers it. Called
 * once for each gateway of the namespace, before the socket's first event.
 */
export function receiveEvents(
  socket: AuthenticatedSocket,
  handlers: EventHandler[],
  work: InFlightWork,
  quota: EventQuota,
  security: SecurityLogPort,
): void {
  const known = dispatchers.get(socket);
  if (known) {
    known.addHandlers(handlers);
    return;
  }
  dispatchers.set(socket, new SocketEvents(socket, handlers, work, quota, security));
  socket.onAny(receive);
}

/** All sockets share this listener, to save memory. */
const receive = guardListener(
  function (this: AuthenticatedSocket, name: unknown, ...args: unknown[]) {
    dispatchers.get(this)?.receiveEvent(received(nameOf(name), args));
  },
  function (this: AuthenticatedSocket) {
    closeConnectionOf(this);
  },
);

/** The work behind a socket's queue: quota, handlers and answers. */
class SocketEvents implements EventWork {
  private readonly queue = new SocketEventQueue(this);
  private droppable = false;

  constructor(
    private readonly socket: AuthenticatedSocket,
    private handlers: readonly EventHandler[],
    private readonly work: InFlightWork,
    private readonly quota: EventQuota,
    private readonly security: SecurityLogPort,
  ) {}

  addHandlers(handlers: readonly EventHandler[]): void {
    this.handlers = this.handlers.concat(handlers);
  }

  receiveEvent(event: ReceivedEvent): void {
    try {
      this.queue.pushEvent(event);
    } catch (error) {
      this.refuseEvent(event, error);
    }
  }

  takeQuota(waiting: WaitingSocket): boolean {
    if (this.quota.takeEvent(this.socket.data.user.sub, waiting)) return true;
    // Only sockets with waiting events need this listener: idle ones are many. Events of a disconnected socket must not
    // hold memory.
    if (!this.droppable) {
      const drop = guardListener(() => this.queue.dropEvents());
      this.socket.once('disconnect', drop);
    }
    this.droppable = true;
    return false;
  }

  holdBytes(bytes: number): boolean {
    return this.quota.held.takeBytes(bytes);
  }

  releaseBytes(bytes: number): void {
    this.quota.held.giveBackBytes(bytes);
  }

  /** An unknown event is answered at once, without waiting for running events. */
  beginEvent(event: ReceivedEvent, bytes: number): 'run' | 'answered' | 'unwanted' {
    if (!this.handlerOf(event)) {
      const known = this.handlers.map(({ message }) => message).filter((name) => !NOT_LISTED.has(name));
      fail(this.socket, event, new UnknownEventError(known));
      return 'answered';
    }
    try {
      this.work.beginWork(bytes, this.socket);
      return 'run';
    } catch (error) {
      fail(this.socket, event, error);
      // An event that is refused because the server is full counts for the quota all the same: otherwise all held
      // events would be refused at once.
      return error instanceof ShuttingDownError ? 'unwanted' : 'answered';
    }
  }

  async runHandler(event: ReceivedEvent, bytes: number): Promise<void> {
    try {
      const data = await this.handlerOf(event)?.callback(event.payload, event.ack);
      if (data !== undefined) event.ack({ ok: true, data });
    } catch (error) {
      fail(this.socket, event, error);
    } finally {
      this.work.endWork(bytes, this.socket);
    }
  }

  private refuseEvent(event: ReceivedEvent, error: unknown): void {
    const caller = socketCaller(this.socket, this.handlerOf(event)?.message ?? null);
    recordRefusal(this.security, error, caller, this.socket.data.user);
    answerError(this.socket, event, error);
  }

  /** Searches a short list: a map for every socket would cost more memory. */
  private handlerOf({ name }: ReceivedEvent): EventHandler | undefined {
    return this.handlers.find(({ message }) => message === name);
  }
}

const fail = guardListener(answerError, closeConnectionOf);

/** Socket.IO lets numbers through as names, and packets without data, which have none. */
const nameOf = (name: unknown): string =>
  typeof name === 'string' || typeof name === 'number' ? String(name) : '';

function received(name: string, args: unknown[]): ReceivedEvent {
  const ack = args.at(-1);
  const payload = typeof ack === 'function' ? args.slice(0, -1) : args;
  return {
    name,
    payload: payload.length > 1 ? payload : payload[0],
    ack: typeof ack === 'function' ? (ack as Ack) : () => undefined,
  };
}
