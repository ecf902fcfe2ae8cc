import { CLIENT_MESSAGE_ID } from '../../../domain/client-message-id.js';
import { toErrorPayload } from '../../errors/error-payload.js';
import type { AuthenticatedSocket } from '../../principal-of.js';

export type Ack = (answer: object) => void;

/**
 * A received event: its name, its payload as sent, and the acknowledgement function, which does nothing when the client
 * wants none.
 */
export interface ReceivedEvent {
  readonly name: string;
  readonly payload: unknown;
  readonly ack: Ack;
}

/** Reports a failed event to its sender: in the acknowledgement, and always as the event `error`. */
export function answerError(socket: AuthenticatedSocket, event: ReceivedEvent, error: unknown): void {
  const { statusCode, code, message, retryAfterMs, outcome, details } = toErrorPayload(error);
  const failure = {
    statusCode,
    code,
    message,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(outcome && { outcome }),
    ...(details.length > 0 && { details }),
  };
  const clientMessageId = clientMessageIdOf(event.payload);
  socket.emit('error', {
    ...failure,
    event: event.name,
    ...(clientMessageId === undefined ? {} : { clientMessageId }),
  });
  event.ack({ ok: false, error: failure });
}

/** The id by which a client recognises the message that failed; only a well-formed id is returned. */
function clientMessageIdOf(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null || !('clientMessageId' in payload)) return undefined;
  const id = payload.clientMessageId;
  return typeof id === 'string' && CLIENT_MESSAGE_ID.test(id) ? id : undefined;
}
