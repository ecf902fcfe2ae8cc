import type { Role, ServerEvents } from '../contract.ts';
import type { Directory } from './directory.ts';
import { receiveMe, receiveMessage, receiveSettings } from './row.ts';
import type { Tracks } from './create-tracks.ts';

/** What every event of a conversation may have. */
export interface AnyEvent {
  readonly conversationId?: string;
  readonly rev?: number;
  readonly prevRev?: number;
}

/** Applies an event of the server to the conversation that it is of; also one that this version does not know. */
export function applyEvent(
  name: string,
  payload: unknown,
  { directory, tracks, userId }: { directory: Directory; tracks: Tracks; userId: string | null },
): void {
  const { conversationId: id, rev, prevRev } = (payload ?? {}) as AnyEvent;
  if (id === undefined) return;
  const event = { [name]: payload } as Partial<ServerEvents>;
  const message = event.new_message ?? event.message_updated?.message;
  const track = tracks.of(id);
  if (rev !== undefined) {
    track.apply(isKnown(name) ? { kind: 'event', rev, prevRev, message } : { kind: 'heard', rev });
  }
  directory.update(id, (row) => {
    let next = message ? receiveMessage(row, message, userId) : row;
    if (event.conversation_updated) next = receiveSettings(next, event.conversation_updated.changed);
    if (event.me_updated?.me) next = receiveMe(next, event.me_updated.me);
    const { conversation } = next;
    if (rev === undefined || rev <= conversation.rev) return next;
    const added = Number(name === 'member_added') - Number(name === 'member_removed');
    const memberCount = conversation.memberCount + added;
    const me = { ...conversation.me, role: roleAfter(event, userId) ?? conversation.me.role };
    return { ...next, conversation: { ...conversation, rev, memberCount, me } };
  });
  if (event.me_updated?.own) track.apply({ kind: 'own', ...event.me_updated.own });
}

/** The role that the user has been given, or has inherited from an owner who is gone. */
function roleAfter(
  { member_updated, member_removed }: Partial<ServerEvents>,
  userId: string | null,
): Role | null {
  if (member_updated?.member.userId === userId) return member_updated.member.role;
  return userId !== null && member_removed?.heirId === userId ? 'owner' : null;
}

/** An event of another kind with a `rev` may have changed messages: those changes are asked for. */
const isKnown = (name: string): boolean =>
  /^(new_message|message_updated|member_(added|removed|updated)|conversation_updated)$/.test(name);
