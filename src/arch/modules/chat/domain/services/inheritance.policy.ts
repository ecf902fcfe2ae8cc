import type { ConversationMember } from '../models/conversation-member.model.js';

/**
 * Who becomes the owner when the owner leaves: the oldest admin, otherwise the oldest member; null when nobody is left.
 * @param others the remaining members, or the oldest of each role; in the order of joining
 */
export function chooseHeir(others: readonly Pick<ConversationMember, 'userId' | 'role'>[]): string | null {
  return (others.find(({ role }) => role === 'admin') ?? others[0])?.userId ?? null;
}
