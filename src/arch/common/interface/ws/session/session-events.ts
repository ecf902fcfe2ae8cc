import { z } from 'zod';
import { errorCodeSchema } from '../../errors/error-code.schema.js';

const time = z.iso.datetime();

/** The error in the acknowledgement of an event that failed, equal to the body of an error over HTTP. */
export const failureSchema = z
  .strictObject({
    statusCode: z.int().min(400).max(599),
    code: errorCodeSchema.meta({ description: 'The stable code of the error.' }),
    message: z.string().meta({ description: 'A text for people.' }),
    details: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
    retryAfterMs: z.int().positive().optional().meta({ description: 'Milliseconds to wait before a retry.' }),
    outcome: z
      .literal('unknown')
      .optional()
      .meta({ description: 'The event may have been executed, in spite of the error.' }),
  })
  .meta({ id: 'Failure', description: 'The error of an event.' });

/** Events about a connection and its session, by their wire names. */
export const sessionEvents = {
  ready: {
    description: 'To the socket, when its handshake is accepted.',
    payload: z.strictObject({
      userId: z.uuid(),
      sessionId: z.uuid(),
      expiresAt: time.meta({ description: 'When the access token expires.' }),
      serverTime: time,
      epoch: z
        .string()
        .meta({ description: 'The epoch of the database. If it is another one than before, start over.' }),
    }),
  },
  token_expiring: {
    description:
      'To the socket, a minute (or a quarter of its lifetime) before its token expires and it is closed.',
    payload: z.strictObject({ expiresAt: time }),
  },
  session_revoked: {
    description:
      'To the sockets of a session that has ended, before they are disconnected. Do not reconnect with this session.',
    payload: z.strictObject({ code: z.literal('SESSION_REVOKED') }),
  },
  error: {
    description: 'To the socket whose event failed, besides the acknowledgement.',
    payload: failureSchema.extend({
      event: z.string().meta({ description: 'The name of the event that failed.' }),
      clientMessageId: z.string().optional(),
    }),
  },
} as const;

/**
 * A handshake that is refused permanently, in Socket.IO's packet CONNECT_ERROR: `refuse()` decides which refusals are
 * permanent. It is not an event; the stock client emits it as `connect_error`, as an `Error` with `data`.
 */
export const handshakeRefusal = {
  description:
    'To a client whose handshake is refused permanently, as an `Error` with `data`; then its connection is closed, and the ' +
    'stock client does not reconnect. A temporary refusal only closes the connection.',
  payload: z.strictObject({
    message: z
      .string()
      .meta({ description: '`Unauthorized`, or for another namespace `Invalid namespace`.' }),
    data: z.strictObject({
      code: z
        .enum(['TOKEN_MISSING', 'TOKEN_INVALID', 'TOKEN_EXPIRED', 'SESSION_REVOKED', 'ROUTE_NOT_FOUND'])
        .meta({ description: 'The stable code of the error.' }),
      message: z.string().meta({ description: 'A text for people.' }),
    }),
  }),
} as const;
