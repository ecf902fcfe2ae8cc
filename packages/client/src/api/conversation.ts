import type { ChangeOwnMembership, ChangeSettings, EditMessage, Member, Message } from '../contract.ts';
import type { ConversationSummary } from './conversation-summary.ts';
import type { MemberList } from './members.ts';
import type { Observable } from './observable.ts';
import type { Outgoing, Sending } from './pending.ts';
import type { Timeline } from './timeline.ts';

/** One conversation, or one thread. */
export interface Conversation {
  /** The id of the conversation. */
  readonly id: string;
  /** Its row in the list; null while it is not known. */
  readonly summary: Observable<ConversationSummary | null>;
  /** Its members, as far as they have been read. */
  readonly members: MemberList;
  /** Its messages. */
  readonly timeline: Timeline;
  /** How far the members have read. */
  readonly read: Observable<ReadState>;
  /** Who is writing now, the user excepted. */
  readonly typing: Observable<readonly TypingUser[]>;
  /** The text that the user has begun. */
  readonly draft: Observable<string>;
  /** Kept in the storage, for all tabs. */
  setDraft(text: string): void;
  /** In the timeline before this returns. Throws VALIDATION_FAILED for content the server would refuse; `settled` never rejects unhandled. */
  send(message: string | Outgoing): Sending;
  /** Sends a failed message again. */
  retry(clientMessageId: string): void;
  /** Forgets a message that is not sent yet. */
  discard(clientMessageId: string): void;
  /** Changes a message of one's own. */
  edit(messageId: string, change: EditMessage): Promise<Message>;
  /** Deletes a message; its place remains. */
  deleteMessage(messageId: string): Promise<void>;
  /** Adds a reaction. */
  react(messageId: string, emoji: string): Promise<Message>;
  /** Takes a reaction of one's own back. */
  unreact(messageId: string, emoji: string): Promise<Message>;
  /** Pins a message. */
  pin(messageId: string): Promise<Message>;
  /** Unpins a message. */
  unpin(messageId: string): Promise<Message>;
  /** The thread of a message, opened when there is none. */
  openThread(messageId: string): Promise<Conversation>;
  /** Follows this thread: its unread replies are counted. */
  follow(): Promise<void>;
  /** Follows this thread no longer. */
  unfollow(): Promise<void>;
  /** Forward only, at most once a second. Default: the newest message known. */
  markRead(seq?: number): void;
  /** Sets one's own position back, so that messages after `seq` are unread. */
  markUnread(seq: number): Promise<void>;
  /** To be called on every input: it sends seldom, and ends by itself. */
  notifyTyping(): void;
  /** Adds a member, who sees what was said before, unless `history` is `none`. */
  addMember(userId: string, history?: 'all' | 'none'): Promise<Member>;
  /** Changes what a member may do; `owner` hands the conversation over. */
  changeRole(userId: string, role: 'admin' | 'member' | 'owner'): Promise<Member>;
  /** Removes a member. */
  removeMember(userId: string): Promise<void>;
  /** Ends the membership of the user. */
  leave(): Promise<void>;
  /** Changes title and settings, for everybody. */
  update(settings: ChangeSettings): Promise<void>;
  /** Changes what the conversation is to the user: muted, pinned, archived. */
  updateOwn(settings: ChangeOwnMembership): Promise<void>;
  /** Hides the messages until now from this user. */
  clear(): Promise<void>;
  /** Deletes the conversation for everybody. */
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
  /** The user looks elsewhere. */
  end(): void;
}

/** Places (`seq`) where what is held differs from what the server has. */
export interface Verification {
  /** The server has a message there, and none is held. */
  readonly missing: readonly number[];
  /** More than one message is held. */
  readonly doubled: readonly number[];
  /** Another message, or another state of it, is held. */
  readonly different: readonly number[];
}

/** How far the members have read. */
export interface ReadState {
  /** `seq` up to which the user has read. */
  readonly lastReadSeq: number;
  /** The same of the other members, by their ids, as far as it is known. */
  readonly byUser: ReadonlyMap<string, number>;
}

/** Somebody who is writing now. */
export interface TypingUser {
  /** The id of the user. */
  readonly userId: string;
}
