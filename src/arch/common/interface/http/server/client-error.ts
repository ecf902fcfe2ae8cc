import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { guardListener } from '../../../application/guard-listener.js';
import type { DomainError } from '../../../domain/errors/domain.error.js';
import { HeadersTooLargeError } from '../../../domain/errors/headers-too-large.error.js';
import { PayloadTooLargeError } from '../../../domain/errors/payload-too-large.error.js';
import { RequestTimeoutError } from '../../../domain/errors/request-timeout.error.js';
import { UnsupportedTransferEncodingError } from '../../../domain/errors/unsupported-transfer-encoding.error.js';
import { ValidationFailedError } from '../../../domain/errors/validation-failed.error.js';
import { answerBare, endBare } from './bare-answer.js';
import { latestResponse } from '../security/secured-response.js';

const ended = new WeakSet<Socket>();

/** Answers requests that Node cannot parse or that time out, before a request exists or in the middle of its body. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  // Node's parser reports a further error for everything that arrives afterwards.
  if (ended.has(socket)) return;
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  ended.add(socket);
  const response = latestResponse(socket);
  const end = (): void => answer(refusalOf(error), socket, response);
  // Answers are sent in the order of the requests.
  if (response?.req.complete === true && !response.writableFinished)
    response.once('finish', guardListener(end));
  else end();
}

/** @param response response to the last request; when that request is complete, the error came after it */
function answer(refusal: DomainError, socket: Socket, response: ServerResponse | undefined): void {
  if (!response || response.req.complete) answerBare(socket, refusal, { headers: {}, url: '' });
  else if (response.headersSent) endBare(socket);
  else answerBare(socket, refusal, response.req, response.getHeaders());
}

/** By Node's error codes; all others are errors of its parser. */
const REFUSALS = new Map<string | undefined, () => DomainError>([
  ['HPE_HEADER_OVERFLOW', () => new HeadersTooLargeError()],
  ['ERR_HTTP_REQUEST_TIMEOUT', () => new RequestTimeoutError()],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', () => new PayloadTooLargeError()],
  ['HPE_INVALID_TRANSFER_ENCODING', () => new UnsupportedTransferEncodingError()],
]);

function refusalOf({ code }: NodeJS.ErrnoException): DomainError {
  return (
    REFUSALS.get(code)?.() ?? new ValidationFailedError([], 'This is not a request that HTTP/1.1 allows.')
  );
}
