import { z } from 'zod';
import type { ListedSessions } from '../../../application/queries/list-sessions.query.js';

const example = {
  id: '0199d0a2-6c1e-7000-8000-0000000000b1',
  createdAt: '2026-01-31T12:00:00.000Z',
  lastUsedAt: '2026-01-31T12:00:00.000Z',
  userAgent: 'Mozilla/5.0',
  ip: '203.0.113.7',
  current: true,
};

const sessionSchema = z
  .strictObject({
    id: z.uuid(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().meta({ description: 'Time of the last refresh, or of the login.' }),
    userAgent: z.string().nullable(),
    ip: z.string().nullable(),
    current: z.boolean().meta({ description: 'Whether it is the session of this token.' }),
  })
  .meta({
    id: 'Session',
    description: 'A login on one device.',
    examples: [example],
  });

export const sessionsSchema = z
  .strictObject({ data: z.array(sessionSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'Sessions', examples: [{ data: [example], nextCursor: null }] });

export type SessionsDto = z.output<typeof sessionsSchema>;

export function toSessionsDto({ data, nextCursor }: ListedSessions): SessionsDto {
  return {
    data: data.map((session) => ({
      id: session.id,
      createdAt: session.createdAt.toISOString(),
      lastUsedAt: session.lastUsedAt.toISOString(),
      userAgent: session.userAgent,
      ip: session.ip,
      current: session.current,
    })),
    nextCursor,
  };
}
