import { z } from 'zod';
import type { InvitePreview } from '../../../application/queries/get-invite.query.js';
import {
  INVITE_SECONDS_MAX,
  INVITE_USES_MAX,
  type Invite,
  type NewInvite,
  OPEN_INVITES_MAX,
} from '../../../domain/models/invite.model.js';
import { inviteExample, inviteTokenExample } from './examples.js';

/** Seconds for which an invite is open unless its maker decides otherwise: a week. */
const INVITE_SECONDS_DEFAULT = 604_800;

const history = z.enum(['all', 'none']);
const shape = {
  id: z.uuid(),
  createdBy: z.uuid(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  maxUses: z.int().min(1).max(INVITE_USES_MAX),
  uses: z.int().nonnegative(),
  history: history.meta({ description: 'Whether people who join see what was said before.' }),
};

export const newInviteSchema = z
  .strictObject({
    ...shape,
    token: z.string().meta({ description: 'Shown here only: the server stores a hash of it.' }),
  })
  .meta({ id: 'NewInvite', examples: [{ ...inviteExample, token: inviteTokenExample }] });

export const inviteListSchema = z
  .strictObject({
    data: z
      .array(z.strictObject(shape).meta({ id: 'Invite', examples: [inviteExample] }))
      .max(OPEN_INVITES_MAX)
      .meta({ description: 'All open ones, newest first.' }),
  })
  .meta({ id: 'InviteList', examples: [{ data: [inviteExample] }] });

export const invitePreviewSchema = z
  .strictObject({
    title: z.string().nullable(),
    memberCount: z.int().min(1),
    member: z.boolean().meta({ description: 'Whether you are a member already.' }),
  })
  .meta({ id: 'InvitePreview', examples: [{ title: 'Title', memberCount: 2, member: false }] });

export const createInviteSchema = z
  .strictObject({
    expiresInSeconds: z.int().min(1).max(INVITE_SECONDS_MAX).default(INVITE_SECONDS_DEFAULT),
    maxUses: z
      .int()
      .min(1)
      .max(INVITE_USES_MAX)
      .default(INVITE_USES_MAX)
      .meta({ description: 'How many people can join with it.' }),
    history: history
      .default('all')
      .meta({ description: 'Whether people who join see what was said before.' }),
  })
  .meta({ id: 'CreateInvite', examples: [{ expiresInSeconds: 86_400, maxUses: 1, history: 'none' }] });

export type CreateInviteDto = z.output<typeof createInviteSchema>;
export type NewInviteDto = z.output<typeof newInviteSchema>;
export type InviteListDto = z.output<typeof inviteListSchema>;
export type InvitePreviewDto = z.output<typeof invitePreviewSchema>;

function toInviteDto(invite: Invite): InviteListDto['data'][number] {
  return {
    id: invite.id,
    createdBy: invite.createdBy,
    createdAt: invite.createdAt.toISOString(),
    expiresAt: invite.expiresAt.toISOString(),
    maxUses: invite.maxUses,
    uses: invite.uses,
    history: invite.history,
  };
}

export function toNewInviteDto(invite: NewInvite): NewInviteDto {
  return { ...toInviteDto(invite), token: invite.token };
}

export function toInviteListDto(invites: readonly Invite[]): InviteListDto {
  return { data: invites.map(toInviteDto) };
}

export function toInvitePreviewDto({ title, memberCount, isMember }: InvitePreview): InvitePreviewDto {
  return { title, memberCount, member: isMember };
}
