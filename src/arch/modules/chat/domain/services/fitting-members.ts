import { jsonBytes, roomBeside } from '../../../../common/domain/fitting-rows.js';
import type { ConversationMember } from '../models/conversation-member.model.js';
import type { ConversationSummary } from '../models/conversation.model.js';

/** Bytes reserved for rows beside the members, so that every page advances: the longest message takes most of it. */
export const ROOM_FOR_ROWS = 131_072;

interface Found {
  readonly conversation: ConversationSummary;
  readonly members: readonly ConversationMember[] | null;
}

/** The members that a page of changes shows: all or none. */
interface FittingMembers {
  readonly members: readonly ConversationMember[] | null;
  /** Whether they are omitted because they do not fit. */
  readonly membersTruncated: boolean;
  /** Bytes that remain for the rows. */
  readonly room: number;
}

/** @param space bytes of the page, or what remains of it beside other conversations */
export function fittingMembers({ conversation, members }: Found, space = roomBeside(0)): FittingMembers {
  const room = space - jsonBytes(conversation);
  const bytes = members ? jsonBytes(members) : 0;
  const membersTruncated = bytes > room - ROOM_FOR_ROWS;
  return membersTruncated
    ? { members: null, membersTruncated, room }
    : { members, membersTruncated, room: room - bytes };
}
