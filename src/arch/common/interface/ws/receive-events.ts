import { guardListener } from '../../application/guard-listener.js';
import type { OpenWork } from '../../application/open-work.js';
import type { SecurityLogPort } from '../../application/ports/security-log.port.js';
import { UnknownEventError } from '../../domain/errors/unknown-event.error.js';
import { recordRefusal } from '../errors/record-refusal.js';
import type { AuthenticatedSocket } from '../principal-of.js';
import { closeConnectionOf } from './engine-connection.js';
import type { EventQuota } from './event-quota.js';
import { socketCaller } from './socket-caller.js';
import { SocketEventQueue } from './socket-event-queue.js';
import { type Ack, answerError, type ReceivedEvent } from './ws-answer.js';

/** Nest's wrapping of a gateway method: guards, pipes, filter; resolves to undefined when the filter answered. */
export interface EventHandler {
  readonly message: string;
  readonly callback: (payload: unknown, ack: Ack) => unknown;
}

/** Takes every event of a socket, known or not, through the socket's queue to its handler and its answer. */
export function receiveEvents(
  socket: AuthenticatedSocket,
  handlers: EventHandler[],
  work: OpenWork,
  quota: EventQuota,
  security: SecurityLogPort,
): void {
  // A search among a handful, and not a map for every socket.
  const callbackFor = (name: string) => handlers.find(({ message }) => message === name)?.callback;

  const queue = new SocketEventQueue(async (event) => {
    try {
      const data = await callbackFor(event.name)?.(event.payload, event.ack);
      if (data !== undefined) event.ack({ ok: true, data });
    } catch (error) {
      fail(socket, event, error);
    } finally {
      work.end(socket);
    }
  });

  const hear = (name: string, ...args: unknown[]): void => {
    const event = received(name, args);
    try {
      quota.take(socket.data.user.sub);
      if (!callbackFor(name)) throw new UnknownEventError();
      take(event);
    } catch (error) {
      const known = callbackFor(name) ? name : null;
      recordRefusal(security, error, socketCaller(socket, known), socket.data.user);
      answerError(socket, event, error);
    }
  };
  socket.onAny(guardListener(hear, () => closeConnectionOf(socket)));

  function take(event: ReceivedEvent): void {
    work.begin(socket);
    try {
      queue.push(event);
    } catch (error) {
      work.end(socket);
      throw error;
    }
  }
}

const fail = guardListener(answerError, closeConnectionOf);

function received(name: string, args: unknown[]): ReceivedEvent {
  const ack = args.at(-1);
  const payload = typeof ack === 'function' ? args.slice(0, -1) : args;
  return {
    name,
    payload: payload.length > 1 ? payload : payload[0],
    ack: typeof ack === 'function' ? (ack as Ack) : () => undefined,
  };
}
