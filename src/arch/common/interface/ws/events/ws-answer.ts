import { CLIENT_MESSAGE_ID } from '../../../domain/client-message-id.js';
import { toErrorPayload } from '../../errors/error-payload.js';
import type { AuthenticatedSocket } from '../../principal-of.js';

export type Ack = (answer: object) => void;

/** What came with an event: its name, its payload as sent, and the acknowledgement, which may go nowhere. */
export interface ReceivedEvent {
  readonly name: string;
  readonly payload: unknown;
  readonly ack: Ack;
}

/** Tells the sender that an event failed: by the acknowledgement, and by `error` in any case. */
export function answerError(socket: AuthenticatedSocket, event: ReceivedEvent, error: unknown): void {
  const { details, ...payload } = toErrorPayload(error);
  const told = { ...payload, ...(details.length > 0 ? { details } : {}) };
  const clientMessageId = clientMessageIdOf(event.payload);
  socket.emit('error', {
    ...told,
    event: event.name,
    ...(clientMessageId === undefined ? {} : { clientMessageId }),
  });
  event.ack({ ok: false, error: told });
}

/** So that a client knows which of its messages failed; only a well-formed id is sent back. */
function clientMessageIdOf(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null || !('clientMessageId' in payload)) return undefined;
  const id = payload.clientMessageId;
  return typeof id === 'string' && CLIENT_MESSAGE_ID.test(id) ? id : undefined;
}
