import type { ConversationDetailDto } from '../../../src/arch/modules/chat/interface/http/dto/conversation.dto.js';
import type { MemberDto } from '../../../src/arch/modules/chat/interface/http/dto/member.dto.js';
import type { MessageDto } from '../../../src/arch/modules/chat/interface/http/dto/message.dto.js';
import { rounds } from '../rounds.js';
import type { ConversationState } from './conversation-fold.js';
import type { OwnBeside } from './own-reactions-fold.js';

/** Answers the body of a GET, or null for a conversation that is not there for its reader. */
export type Get = (path: string) => Promise<unknown>;

const PAGES_MAX = 1_000;

interface Window {
  readonly data: readonly MessageDto[];
  readonly own?: OwnBeside;
  readonly hasMoreBefore: boolean;
}
interface MemberPage {
  readonly data: readonly MemberDto[];
  readonly nextCursor: string | null;
}

/**
 * Reads a conversation as a whole, with all members and all messages that the reader sees. Null when it is not there for
 * its reader. All changes up to the `rev` of the conversation are in it, and some of the later ones.
 */
export async function readConversation(get: Get, id: string): Promise<ConversationState | null> {
  const path = `/chat/conversations/${id}`;
  const detail = (await get(path)) as ConversationDetailDto | null;
  if (!detail) return null;
  const { members: first, membersCursor, ...conversation } = detail;
  const members = await readMembers(get, id, { data: first, nextCursor: membersCursor ?? null });
  const messages = new Map<string, MessageDto>();
  const own = new Map<string, readonly string[]>();
  let before = conversation.lastSeq + 1;
  for (const _ of rounds(PAGES_MAX)) {
    if (before === 1) break;
    const window = (await get(`${path}/messages/window?before=${before}&limit=100`)) as Window | null;
    if (!window) return null;
    for (const message of window.data) messages.set(message.id, message);
    for (const set of Object.entries(window.own?.reactions ?? {})) own.set(...set);
    before = window.data.at(-1)?.seq ?? 1;
    if (!window.hasMoreBefore || window.data.length === 0) break;
  }
  const byUser = members && new Map(members.map((member) => [member.userId, member]));
  return byUser && { conversation, members: byUser, messages, own };
}

/** The ids of the threads that have begun at messages which the reader sees. */
export const threadsOf = ({ messages }: Pick<ConversationState, 'messages'>): string[] =>
  [...messages.values()].flatMap(({ thread }) => thread?.id ?? []);

/** @param first what is known already; otherwise all pages are read */
export async function readMembers(get: Get, id: string, first?: MemberPage): Promise<MemberDto[] | null> {
  const members: MemberDto[] = [...(first?.data ?? [])];
  let cursor = first ? first.nextCursor : '';
  for (const _ of rounds(PAGES_MAX)) {
    if (cursor === null) break;
    const query = `limit=100${cursor && `&cursor=${cursor}`}`;
    const page = (await get(`/chat/conversations/${id}/members?${query}`)) as MemberPage | null;
    if (!page) return null;
    members.push(...page.data);
    cursor = page.nextCursor;
  }
  return members;
}
