import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { guardListener } from '../../../application/guard-listener.js';
import { RateLimitedError } from '../../../domain/errors/rate-limited.error.js';
import { answerBelow } from '../server/below-routes.js';

/** Milliseconds after which whoever is refused may come back. */
const RETRY_AFTER = 1_000;

const TURN = Symbol('turn');
const BEGUN = Symbol('begun');

/** As Node's parser hands it on: whether it asks for another protocol. */
interface ParsedRequest extends IncomingMessage {
  upgrade?: boolean;
}

interface Connection extends Socket {
  /** The turn of the event loop in which it was read last, and the requests that it has begun in it. */
  [TURN]?: number;
  [BEGUN]?: number;
  /** Node's own, which it hands each request to and gives to another connection later. */
  readonly parser?: { onIncoming: (request: ParsedRequest) => number } | null;
}

/**
 * Bounds what a client sends without waiting for answers. Node hands on all that it has read, 1,500 small requests in
 * 64 KiB, in one turn of the event loop, and everybody else would wait for them. What was begun is answered, then comes
 * one refusal, and the end of the connection: who pipelines must expect that at any time (RFC 9112, 9.3.2). Call it when
 * the server has its other listeners, and before it listens.
 * @param most requests that a connection may begin in one turn
 * @param record told of each refusal
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
    // The connection ends with the refusal. Whatever is behind it gets no answer that Node would keep until then.
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

/** Answers Node's parser that a request is none that anything is done for, and goes on with the next. */
function ignore(request: ParsedRequest): number {
  request.upgrade = false;
  return 0;
}
