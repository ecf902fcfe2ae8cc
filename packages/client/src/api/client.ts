import type { Message, Routes, TimelineEvent } from '../contract.ts';
import type { CallInput } from './call.ts';
import type { ConnectionState } from './connection-state.ts';
import type { ConversationList } from './conversation-list.ts';
import type { Conversation } from './conversation.ts';
import type { Observable } from './observable.ts';
import type { Pending } from './pending.ts';
import type { Session } from './session.ts';
import type { Users } from './users.ts';

/** What `createClient` answers. */
export interface CauserieClient {
  /** The account that is signed in. */
  readonly session: Session;
  /** What the socket is doing. */
  readonly connection: Observable<ConnectionState>;
  /** The list of conversations. */
  readonly conversations: ConversationList;
  /** Other people. */
  readonly users: Users;
  /** All messages that are not sent yet, in the order of sending. */
  readonly outbox: Observable<readonly Pending[]>;
  /** What is unread. While subscribed to, it contains the conversations on further pages of the list, and all threads, too. */
  readonly totals: Observable<Totals>;
  /** Always the same handle for an id; costs nothing until observed. Works for threads, too. */
  conversation(id: string): Conversation;
  /** Keeps the socket open while at least one holder exists; returns the release. Released after 1 s, so that a double mount opens one socket. */
  connect(): () => void;
  /** Any route of the server, typed, with the token, one refresh and repeat after `TOKEN_EXPIRED`. For what has no method of its own. */
  call<R extends keyof Routes>(route: R, input?: CallInput<R>): Promise<Routes[R]['answer']>;
  /** Every change once, in `rev` order per conversation, surviving reconnects, and restarts when the storage persists: for bots. */
  on<E extends keyof ClientChanges>(
    event: E,
    listener: (payload: ClientChanges[E]) => void | Promise<void>,
  ): () => void;
  /** Ends the connection and all timers. */
  close(): Promise<void>;
}

/** What `on` tells. */
export interface ClientChanges {
  /** A message is new, or has changed. `isNew` is true the first time. */
  message: { readonly conversationId: string; readonly message: Message; readonly isNew: boolean };
  /** Members or settings have changed. */
  change: { readonly conversationId: string; readonly event: TimelineEvent };
  /** This user is no longer a member. */
  removed: { readonly conversationId: string; readonly reason: string | null };
}

/** What is unread, without archived and muted conversations. */
export interface Totals {
  /** Conversations with unread messages. */
  readonly conversations: number;
  /** Unread messages in all of them. */
  readonly messages: number;
  /** Unread messages that mention the user. */
  readonly mentions: number;
  /** Threads with unread replies that the user follows; their replies are in no other count. */
  readonly threads: number;
}
