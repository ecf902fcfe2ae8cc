import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { guardListener } from '../../../application/guard-listener.js';
import { RateLimitedError } from '../../../domain/errors/rate-limited.error.js';
import { answerBelow } from '../below-routes.js';

/** Milliseconds after which whoever is refused may come back. */
const RETRY_AFTER = 1_000;

/**
 * Requests behind the refusal that are still read, so that whoever has sent some comes to read the answers. Node keeps
 * each until its connection ends: without a bound 13 MB of them would take 600 MB while the first one is being answered.
 */
const MOST_BEHIND = 1_000;

const TURN = Symbol('turn');
const BEGUN = Symbol('begun');
const REFUSED = Symbol('refused');

interface Connection extends Socket {
  /** The turn of the event loop in which it was read last, and the requests that it has begun in it. */
  [TURN]?: number;
  [BEGUN]?: number;
  /** Requests since the refusal, with that. */
  [REFUSED]?: number;
}

/**
 * Bounds what a client sends without waiting for answers. Node hands on all that it has read, 1,500 small requests in
 * 64 KiB, in one turn of the event loop, and everybody else would wait for them. What was begun is answered, then comes
 * one refusal, and the end of the connection: who pipelines must expect that at any time (RFC 9112, 9.3.2). Call it when
 * the server has its other listeners, and before it listens.
 * @param most requests that a connection may begin in one turn
 */
export function limitPipelining(server: Server, most: number): void {
  const listeners = server.listeners('request') as RequestListener[];
  let turn = 0;
  let isTurnEnding = false;

  const endTurn = guardListener(() => {
    turn += 1;
    isTurnEnding = false;
  });
  const begin = (request: IncomingMessage, response: ServerResponse): void => {
    const connection: Connection = request.socket;
    if (!isTurnEnding) setImmediate(endTurn);
    isTurnEnding = true;
    connection[BEGUN] = connection[TURN] === turn ? (connection[BEGUN] ?? 0) + 1 : 1;
    connection[TURN] = turn;
    if (connection[BEGUN] > most || connection[REFUSED]) refuse(connection, request, response);
    else for (const listener of listeners) listener.call(server, request, response);
  };
  const refuse = (connection: Connection, request: IncomingMessage, response: ServerResponse): void => {
    // Behind the refusal nothing is answered: the connection ends with it.
    const behind = connection[REFUSED] ?? 0;
    connection[REFUSED] = behind + 1;
    if (behind > MOST_BEHIND) connection.destroy();
    if (behind > 0) return;
    const message = `At most ${most} requests at once on a connection; wait for their answers.`;
    answerBelow(request, response, new RateLimitedError(RETRY_AFTER, message));
  };

  server.removeAllListeners('request');
  server.on(
    'request',
    guardListener(begin, ({ socket }) => void socket.destroy()),
  );
}
