import type { Conversation as ListedConversation, CreateConversation, Message, Sender } from '../contract.ts';
import type { CauserieError } from '../errors/causerie-error.ts';
import type { Conversation } from './conversation.ts';
import type { LoadState } from './load-state.ts';
import type { Observable } from './observable.ts';
import type { Pending } from './pending.ts';

/** The conversations of the user. */
export interface ConversationList extends Observable<ListState> {
  /** Loads the first page when there is none yet. */
  load(): Promise<void>;
  loadMore(): Promise<void>;
  create(input: CreateConversation): Promise<Conversation>;
  /** The direct conversation with a user, opened when there is none. */
  openDirect(userId: string): Promise<Conversation>;
  joinInvite(token: string): Promise<Conversation>;
}

/** The part of the list that has been read. */
export interface ListState {
  readonly items: readonly ConversationSummary[];
  readonly status: LoadState;
  readonly error: CauserieError | null;
  readonly hasMore: boolean;
}

/** Sorted by activity, then id; a pending message of one's own counts as activity. Pinned and archived as the server lists them. */
export interface ConversationSummary {
  readonly id: string;
  readonly type: 'group' | 'direct' | 'thread';
  readonly title: string | null;
  /** The other one of a direct conversation. */
  readonly other: Sender | null;
  readonly lastMessage: Message | Pending | null;
  readonly lastSeq: number;
  readonly lastReadSeq: number;
  /** lastSeq − lastReadSeq (of what is visible), never counted up. */
  readonly unreadCount: number;
  readonly mentionCount: number;
  readonly memberCount: number;
  readonly role: 'owner' | 'admin' | 'member';
  readonly draft: string | null;
  /** The conversation as the server lists it: settings, `me` with notify, mutedUntil, pinnedAt, archivedAt, … */
  readonly details: ListedConversation;
}
