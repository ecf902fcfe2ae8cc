import { z } from 'zod';
import { DEMO_USERS } from '../../../../../common/domain/demo-data.js';
import type { Presence } from '../../../domain/models/presence.model.js';

const example = {
  userId: DEMO_USERS[1].id,
  status: 'offline' as const,
  lastSeenAt: '2026-01-31T12:00:00.000Z',
};

export const presenceSchema = z
  .strictObject({
    userId: z.uuid(),
    status: z.enum(['online', 'offline']),
    lastSeenAt: z.iso
      .datetime()
      .optional()
      .meta({ description: 'To the minute; only of users who are offline, where it is known.' }),
  })
  .meta({ id: 'Presence', description: 'Whether a user is online.', examples: [example] });

export const presenceListSchema = z
  .strictObject({ presence: z.array(presenceSchema) })
  .meta({ id: 'PresenceList', examples: [{ presence: [example] }] });

export type PresenceDto = z.output<typeof presenceSchema>;
export type PresenceListDto = z.output<typeof presenceListSchema>;

export function toPresenceDto({ userId, status, lastSeenAt }: Presence): PresenceDto {
  return { userId, status, ...(lastSeenAt && { lastSeenAt: lastSeenAt.toISOString() }) };
}

export function toPresenceListDto(presence: readonly Presence[]): PresenceListDto {
  return { presence: presence.map(toPresenceDto) };
}
