import type { ChangesDto } from '../../../src/arch/modules/chat/interface/http/dto/changes.dto.js';
import type { MemberDto } from '../../../src/arch/modules/chat/interface/http/dto/member.dto.js';
import type { MessageDto } from '../../../src/arch/modules/chat/interface/http/dto/message.dto.js';

interface Place {
  readonly rev: number;
  readonly prevRev?: number | undefined;
}

/** A reaction that was given or taken back. */
export interface ReactionDelta {
  readonly userId: string;
  readonly emoji: string;
  readonly added: boolean;
}

/** A change, whether a live event or a page of `changes` has brought it. */
export type FoldedChange = Place &
  (
    | { readonly kind: 'message'; readonly message: MessageDto; readonly delta?: readonly ReactionDelta[] }
    | { readonly kind: 'member'; readonly member: MemberDto }
    | { readonly kind: 'removal'; readonly userId: string; readonly heirId?: string | undefined }
    | { readonly kind: 'settings'; readonly changed: Readonly<Record<string, unknown>> }
    /** Of a later version: it is passed over, and counts as known. */
    | { readonly kind: 'later' }
  );

/** The payloads of the events with a `rev`. */
type Payload = Place & {
  readonly message: MessageDto;
  readonly delta?: readonly ReactionDelta[];
  readonly member: MemberDto;
  readonly userId: string;
  readonly heirId?: string;
  readonly changed: Readonly<Record<string, unknown>>;
};

const OF_EVENT: Readonly<Record<string, (payload: Payload) => FoldedChange>> = {
  new_message: (message) => ofMessage(message as unknown as MessageDto & Place),
  message_updated: ({ rev, prevRev, message, delta }) => ({
    kind: 'message',
    rev,
    prevRev,
    message,
    ...(delta && { delta }),
  }),
  member_added: ({ rev, prevRev, member }) => ({ kind: 'member', rev, prevRev, member }),
  member_updated: ({ rev, prevRev, member }) => ({ kind: 'member', rev, prevRev, member }),
  member_removed: ({ rev, prevRev, userId, heirId }) => ({ kind: 'removal', rev, prevRev, userId, heirId }),
  conversation_updated: ({ rev, prevRev, changed }) => ({ kind: 'settings', rev, prevRev, changed }),
};

/** Undefined for an event without a `rev`, and for an unknown one. */
export const toFoldedChange = (name: string, payload: unknown): FoldedChange | undefined =>
  OF_EVENT[name]?.(payload as Payload);

/** `prevRev` belongs to the way in which the message came, not to the message. */
function ofMessage({ prevRev, ...message }: MessageDto & Place): FoldedChange {
  return { kind: 'message', rev: message.rev, prevRev, message };
}

function ofLogged(event: NonNullable<ChangesDto['events']>[number]): FoldedChange {
  const { rev, prevRev } = event;
  switch (event.kind) {
    case 'member_added':
    case 'member_updated':
      return { kind: 'member', rev, prevRev, member: event.data.member };
    case 'member_removed':
      return { kind: 'removal', rev, prevRev, userId: event.subjectId, heirId: event.data.heirId };
    case 'conversation_updated':
      return { kind: 'settings', rev, prevRev, changed: event.data };
    default:
      return { kind: 'later', ...(event as Place) };
  }
}

/** The messages and events of a page, in the order of `rev`. */
export function inRevOrder({ data, events = [] }: Pick<ChangesDto, 'data' | 'events'>): FoldedChange[] {
  return [...data.map(ofMessage), ...events.map(ofLogged)].toSorted((a, b) => a.rev - b.rev);
}
