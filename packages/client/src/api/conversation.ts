import type { ChangeOwnMembership, ChangeSettings, EditMessage, Member, Message } from '../contract.ts';
import type { ConversationSummary } from './conversation-list.ts';
import type { MemberList } from './members.ts';
import type { Observable } from './observable.ts';
import type { Outgoing, Sending } from './pending.ts';
import type { Timeline } from './timeline.ts';

/** One conversation, or one thread. */
export interface Conversation {
  readonly id: string;
  readonly summary: Observable<ConversationSummary | null>;
  readonly members: MemberList;
  readonly timeline: Timeline;
  readonly read: Observable<ReadState>;
  readonly typing: Observable<readonly TypingUser[]>;
  readonly draft: Observable<string>;
  /** Kept in the storage, for all tabs. */
  setDraft(text: string): void;
  /** In the timeline before this returns. Throws VALIDATION_FAILED for content the server would refuse; `settled` never rejects unhandled. */
  send(message: string | Outgoing): Sending;
  retry(clientMessageId: string): void;
  discard(clientMessageId: string): void;
  edit(messageId: string, change: EditMessage): Promise<Message>;
  deleteMessage(messageId: string): Promise<void>;
  react(messageId: string, emoji: string): Promise<Message>;
  unreact(messageId: string, emoji: string): Promise<Message>;
  pin(messageId: string): Promise<Message>;
  unpin(messageId: string): Promise<Message>;
  /** The thread of a message, opened when there is none. */
  openThread(messageId: string): Promise<Conversation>;
  follow(): Promise<void>;
  unfollow(): Promise<void>;
  /** Forward only, at most once a second. Default: the newest message known. */
  markRead(seq?: number): void;
  /** Sets one's own position back, so that messages after `seq` are unread. */
  markUnread(seq: number): Promise<void>;
  /** To be called on every input: it sends seldom, and ends by itself. */
  notifyTyping(): void;
  addMember(userId: string, history?: 'all' | 'none'): Promise<Member>;
  changeRole(userId: string, role: 'admin' | 'member' | 'owner'): Promise<Member>;
  removeMember(userId: string): Promise<void>;
  leave(): Promise<void>;
  update(settings: ChangeSettings): Promise<void>;
  updateOwn(settings: ChangeOwnMembership): Promise<void>;
  /** Hides the messages until now from this user. */
  clear(): Promise<void>;
  delete(): Promise<void>;
  /** A visit freezes the unread divider where reading stopped. */
  visit(): Visit;
  /** Compares what is held with the server: for tests and support. */
  verify(): Promise<Verification>;
}

/** The time in which a user looks at a conversation. */
export interface Visit {
  /** The last message that was read when the visit began; null when everything was. */
  readonly dividerSeq: number | null;
  end(): void;
}

/** Places (`seq`) where what is held differs from what the server has. */
export interface Verification {
  readonly missing: readonly number[];
  readonly doubled: readonly number[];
  readonly different: readonly number[];
}

/** How far the members have read. */
export interface ReadState {
  readonly lastReadSeq: number;
  readonly byUser: ReadonlyMap<string, number>;
}

/** Somebody who is writing now. */
export interface TypingUser {
  readonly userId: string;
}
