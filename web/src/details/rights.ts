import type { ConversationSummary, Role } from '@causerie/client';

/** The owner and the admins: who changes settings, invites, removes and bans. */
export const leads = (role: Role): boolean => role !== 'member';

export const mayAdd = ({ role, details }: ConversationSummary): boolean =>
  leads(role) || details.adding === 'all';

/** Whether somebody of a role may remove or ban a member of another one. */
export const mayRemove = (own: Role, other: Role): boolean =>
  own === 'owner' || (own === 'admin' && other === 'member');
