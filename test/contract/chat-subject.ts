import { randomUUIDv7 } from 'node:crypto';
import type { TransactionRunnerPort } from '../../src/arch/common/application/ports/transaction-runner.port.js';
import {
  AddConversationMemberCommand,
  AddConversationMemberHandler,
} from '../../src/arch/modules/chat/application/commands/add-conversation-member.command.js';
import type { BanRepositoryPort } from '../../src/arch/modules/chat/application/ports/ban-repository.port.js';
import type { ConversationChangePort } from '../../src/arch/modules/chat/application/ports/conversation-change.port.js';
import type { ConversationCatchUpPort } from '../../src/arch/modules/chat/application/ports/conversation-catch-up.port.js';
import type { ConversationHeadsPort } from '../../src/arch/modules/chat/application/ports/conversation-heads.port.js';
import type { ConversationMemberRepositoryPort } from '../../src/arch/modules/chat/application/ports/conversation-member-repository.port.js';
import type { ConversationRepositoryPort } from '../../src/arch/modules/chat/application/ports/conversation-repository.port.js';
import type { OwnMembershipPort } from '../../src/arch/modules/chat/application/ports/own-membership.port.js';
import type { MessageChangePort } from '../../src/arch/modules/chat/application/ports/message-change.port.js';
import type { MessagePinsPort } from '../../src/arch/modules/chat/application/ports/message-pins.port.js';
import type { MessageVersionsPort } from '../../src/arch/modules/chat/application/ports/message-versions.port.js';
import type { MentionsPort } from '../../src/arch/modules/chat/application/ports/mentions.port.js';
import type { MessageReactionsPort } from '../../src/arch/modules/chat/application/ports/message-reactions.port.js';
import type { MovedPositionsPort } from '../../src/arch/modules/chat/application/ports/moved-positions.port.js';
import type { MessageReadersPort } from '../../src/arch/modules/chat/application/ports/message-readers.port.js';
import type { InviteRepositoryPort } from '../../src/arch/modules/chat/application/ports/invite-repository.port.js';
import type { BlockRepositoryPort } from '../../src/arch/modules/chat/application/ports/block-repository.port.js';
import type { ProfileAudiencePort } from '../../src/arch/modules/chat/application/ports/profile-audience.port.js';
import type { ReachPort } from '../../src/arch/modules/chat/application/ports/reach.port.js';
import type { Reach } from '../../src/arch/modules/chat/domain/models/reach.model.js';
import type { DirectConversationRepositoryPort } from '../../src/arch/modules/chat/application/ports/direct-conversation-repository.port.js';
import type { MessageRepositoryPort } from '../../src/arch/modules/chat/application/ports/message-repository.port.js';
import type {
  ConversationMember,
  MemberRole,
} from '../../src/arch/modules/chat/domain/models/conversation-member.model.js';
import type { ConversationSettings } from '../../src/arch/modules/chat/domain/models/conversation-settings.model.js';
import type { MessageDetails } from '../../src/arch/modules/chat/domain/models/message-details.model.js';
import type { Metadata } from '../../src/arch/modules/chat/domain/models/metadata.model.js';
import { toThreadId } from '../../src/arch/modules/chat/domain/models/thread.model.js';
import type { ThreadRepositoryPort } from '../../src/arch/modules/chat/application/ports/thread-repository.port.js';
import type { TimelinePort } from '../../src/arch/modules/chat/application/ports/timeline.port.js';
import type { UserRepositoryPort } from '../../src/arch/modules/user/application/ports/user-repository.port.js';
import { ConversationQuotaFake } from '../fakes/conversation-quota.fake.js';

/** A row of the log of changes. */
export interface LogRow {
  readonly rev: number;
  readonly kind: string;
  readonly actorId: string | null;
  readonly subjectId: string | null;
  readonly afterSeq: number;
  readonly data: unknown;
}

/** What a message has besides its text. */
interface StoredDecoration {
  readonly replyToSeq?: number;
  readonly mentions?: readonly string[];
  readonly mentionsAll?: true;
  readonly metadata?: Metadata;
  readonly reactions?: MessageDetails['reactions'];
}

/** The ports of the contracts, and what their tests need in addition. */
export interface ChatSubject {
  readonly conversations: ConversationRepositoryPort;
  readonly members: ConversationMemberRepositoryPort;
  readonly memberships: OwnMembershipPort;
  readonly blocks: BlockRepositoryPort;
  readonly reach: ReachPort;
  readonly audiences: ProfileAudiencePort;
  readonly directs: DirectConversationRepositoryPort;
  readonly messages: MessageRepositoryPort;
  readonly mentions: MentionsPort;
  readonly readers: MessageReadersPort;
  readonly positions: MovedPositionsPort;
  readonly change: ConversationChangePort;
  readonly messageChange: MessageChangePort;
  readonly threads: ThreadRepositoryPort;
  readonly pins: MessagePinsPort;
  readonly versions: MessageVersionsPort;
  readonly reactions: MessageReactionsPort;
  readonly bans: BanRepositoryPort;
  readonly invites: InviteRepositoryPort;
  readonly changes: ConversationCatchUpPort;
  readonly timeline: TimelinePort;
  readonly heads: ConversationHeadsPort;
  readonly users: UserRepositoryPort;
  readonly transactions: TransactionRunnerPort;

  /** As the module user stores it. */
  setAddableBy(userId: string, addableBy: Reach['addableBy']): Promise<void>;
  removeMember(conversationId: string, userId: string): Promise<void>;
  /** Adds a member as older nodes do: it takes a `rev`, and leaves no row in the log. */
  addUnlogged(conversationId: string, userId: string): Promise<void>;
  /** Changes a message in the only way that is there so far: it takes the next `rev`. */
  raiseRev(conversationId: string, seq: number): Promise<void>;
  /** Sets what members may do, without a `rev`. */
  restrict(
    conversationId: string,
    settings: Partial<Pick<ConversationSettings, 'posting' | 'slowModeSeconds'>>,
  ): Promise<void>;
  /** Gives a message the details, as their own use cases store them; `replyTo` as the `seq` of its target. */
  decorate(conversationId: string, seq: number, details: StoredDecoration): Promise<void>;
  setRole(conversationId: string, userId: string, role: MemberRole): Promise<void>;
  /** @param microseconds microseconds since 1970 */
  setActivity(conversationId: string, microseconds: number): Promise<void>;
  /** Makes it the direct conversation of its two members. */
  makeDirect(conversationId: string): Promise<void>;
  /** Switches the user's read receipts off or on. */
  setReadReceipts(userId: string, areOn: boolean): Promise<void>;
  /** Up to where each follower of a thread has read, by id. */
  followersOf(threadId: string): Promise<Record<string, number>>;
  /** Hides what is before the message from the member. */
  hideBefore(conversationId: string, userId: string, seq: number): Promise<void>;
  blockUser(blockerId: string, blockedId: string): Promise<void>;
  /** Makes an invite expire now. */
  expireInvite(inviteId: string): Promise<void>;
  /** Makes the conversation and its messages older. */
  age(conversationId: string, seconds: number): Promise<void>;
  /** Adds new users to a conversation until it has so many members. */
  fill(conversationId: string, memberCount: number): Promise<void>;
  membersRev(conversationId: string): Promise<number>;
  /** Returns the rows in the order of `rev`. */
  logOf(conversationId: string): Promise<LogRow[]>;
  close(): Promise<void>;
}

export type MakeChatSubject = () => Promise<ChatSubject>;

let users = 0;

/** Returns the new user's id. */
export async function signUp({ users: repository }: ChatSubject, displayName = 'Somebody'): Promise<string> {
  users += 1;
  const email = `contract-${users}@test.example`;
  return (await repository.create({ email, displayName })).id;
}

/** Returns the new conversation's id. */
export async function converse(subject: ChatSubject, owner: string, ...others: string[]): Promise<string> {
  return subject.transactions.runInTransaction(async () => {
    const memberCount = others.length + 1;
    const { id } = await subject.conversations.create({ createdBy: owner, title: null, memberCount });
    await subject.members.addFirstMembers(id, [owner, ...others]);
    return id;
  });
}

/** Opens the direct conversation of two users; returns its id. */
export async function openDirect(
  { transactions, directs }: Pick<ChatSubject, 'transactions' | 'directs'>,
  openerId: string,
  otherId: string,
): Promise<string> {
  const opened = await transactions.runInTransaction(() => directs.open(openerId, otherId));
  return opened.conversation.id;
}

/** Adds a member as the use case does. */
export function addMember(
  {
    conversations,
    members,
    change,
    bans,
    reach,
  }: Pick<ChatSubject, 'conversations' | 'members' | 'change' | 'bans' | 'reach'>,
  ...[conversationId, requesterId, userId]: [conversationId: string, requesterId: string, userId: string]
): Promise<ConversationMember> {
  const handler = new AddConversationMemberHandler(
    conversations,
    members,
    change,
    bans,
    reach,
    new ConversationQuotaFake(),
  );
  return handler.execute(new AddConversationMemberCommand(conversationId, requesterId, userId));
}

/** Sends `count` messages one after another: `1`, `2`, `3` … */
export async function say(
  { messages }: Pick<ChatSubject, 'messages'>,
  conversationId: string,
  senderId: string,
  count: number,
): Promise<void> {
  for (let content = 1; content <= count; content += 1) {
    await messages.create({ conversationId, senderId, content: String(content) });
  }
}

/** Begins a thread at a message, which takes a `rev`; returns its id. */
export async function openThread(
  { messages, messageChange }: Pick<ChatSubject, 'messages' | 'messageChange'>,
  conversationId: string,
  rootSeq: number,
  actorId: string,
): Promise<string> {
  const threadId = toThreadId(randomUUIDv7());
  const [root] = (await messages.findRange(conversationId, rootSeq, rootSeq)).data;
  await messageChange.change(conversationId, actorId, root?.id ?? '', () => ({
    kind: 'thread_opened',
    threadId,
  }));
  return threadId;
}
