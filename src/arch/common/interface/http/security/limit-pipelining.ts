import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { guardListener } from '../../../application/guard-listener.js';
import { RateLimitedError } from '../../../domain/errors/rate-limited.error.js';
import { answerBelow } from '../server/below-routes.js';

/** Milliseconds in the refusal's `Retry-After`. */
const RETRY_AFTER = 1_000;

const TURN = Symbol('turn');
const BEGUN = Symbol('begun');

/** A request of Node's parser, with the flag of an upgrade. */
interface ParsedRequest extends IncomingMessage {
  upgrade?: boolean;
}

interface Connection extends Socket {
  /** The turn of the event loop in which the connection was last read, and the number of requests begun in it. */
  [TURN]?: number;
  [BEGUN]?: number;
  /** Node's parser, which passes each request to this listener and is later reused for another connection. */
  readonly parser?: { onIncoming: (request: ParsedRequest) => number } | null;
}

/**
 * Limits the requests that a client sends without waiting for answers. Node passes on all requests that it has read,
 * 1,500 small ones in 64 KiB, in one turn of the event loop, and all other clients would wait for them. Begun requests
 * are answered, then follow one refusal and the end of the connection: a pipelining client must expect that at any time
 * (RFC 9112, 9.3.2). Call it after the server has got its other listeners, and before it listens.
 * @param most requests that a connection may begin in one turn
 * @param record called for each refusal
 */
export function limitPipelining(
  server: Server,
  most: number,
  record: (request: IncomingMessage, refusal: RateLimitedError) => void,
): void {
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
    if (connection[BEGUN] <= most) {
      for (const listener of listeners) listener.call(server, request, response);
      return;
    }
    // The connection ends with the refusal. Requests behind it get no response objects, which Node would keep until
    // then.
    if (connection.parser) connection.parser.onIncoming = ignore;
    const message = `At most ${most} requests at once on a connection; wait for their answers.`;
    const refusal = new RateLimitedError(RETRY_AFTER, message);
    record(request, refusal);
    answerBelow(request, response, refusal);
  };

  server.removeAllListeners('request');
  server.on(
    'request',
    guardListener(begin, ({ socket }) => void socket.destroy()),
  );
}

/** A replacement for Node's listener that ignores the request and lets the parser continue. */
function ignore(request: ParsedRequest): number {
  request.upgrade = false;
  return 0;
}
