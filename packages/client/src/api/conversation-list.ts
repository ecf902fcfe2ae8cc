import type { CreateConversation } from '../contract.ts';
import type { CauserieError } from '../errors/causerie-error.ts';
import type { ConversationSummary } from './conversation-summary.ts';
import type { Conversation } from './conversation.ts';
import type { LoadState } from './load-state.ts';
import type { Observable } from './observable.ts';

export type { ConversationSummary } from './conversation-summary.ts';

/** The conversations of the user. */
export interface ConversationList extends Observable<ListState> {
  /** Loads the first page when there is none yet. */
  load(): Promise<void>;
  /** Loads the next page; does nothing at the end. */
  loadMore(): Promise<void>;
  /** Creates a group. */
  create(input: CreateConversation): Promise<Conversation>;
  /** The direct conversation with a user, opened when there is none. */
  openDirect(userId: string): Promise<Conversation>;
  /** Joins the group to which an invite leads. */
  joinInvite(token: string): Promise<Conversation>;
}

/** The part of the list that has been read. */
export interface ListState {
  /** What has been read, in the order of the list. */
  readonly items: readonly ConversationSummary[];
  /** Whether it has been read. */
  readonly status: LoadState;
  /** Why reading has failed the last time. */
  readonly error: CauserieError | null;
  /** Whether there are further pages. */
  readonly hasMore: boolean;
}
