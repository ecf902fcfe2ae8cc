import type { TransactionRunnerPort } from '../../src/arch/common/application/ports/transaction-runner.port.js';
import type { ConversationChangesPort } from '../../src/arch/modules/chat/application/ports/conversation-changes.port.js';
import type { ConversationHeadsPort } from '../../src/arch/modules/chat/application/ports/conversation-heads.port.js';
import type { ConversationMemberRepositoryPort } from '../../src/arch/modules/chat/application/ports/conversation-member-repository.port.js';
import type { ConversationRepositoryPort } from '../../src/arch/modules/chat/application/ports/conversation-repository.port.js';
import type { MessageRepositoryPort } from '../../src/arch/modules/chat/application/ports/message-repository.port.js';
import type { MemberRole } from '../../src/arch/modules/chat/domain/models/conversation-member.model.js';
import type { UserRepositoryPort } from '../../src/arch/modules/user/application/ports/user-repository.port.js';

/** The ports that a contract is about, and what its tests need but no port offers. */
export interface ChatSubject {
  readonly conversations: ConversationRepositoryPort;
  readonly members: ConversationMemberRepositoryPort;
  readonly messages: MessageRepositoryPort;
  readonly changes: ConversationChangesPort;
  readonly heads: ConversationHeadsPort;
  readonly users: UserRepositoryPort;
  readonly transactions: TransactionRunnerPort;

  removeMember(conversationId: string, userId: string): Promise<void>;
  setRole(conversationId: string, userId: string, role: MemberRole): Promise<void>;
  /** @param microseconds since 1970 */
  setActivity(conversationId: string, microseconds: number): Promise<void>;
  /** Puts new users into a conversation until it has so many members. */
  fill(conversationId: string, memberCount: number): Promise<void>;
  membersRev(conversationId: string): Promise<number>;
  close(): Promise<void>;
}

export type MakeChatSubject = () => Promise<ChatSubject>;

let users = 0;

/** Answers the new user's id. */
export async function signUp({ users: repository }: ChatSubject, displayName = 'Somebody'): Promise<string> {
  users += 1;
  const email = `contract-${users}@test.example`;
  return (await repository.create({ email, displayName, passwordHash: 'none' })).id;
}

/** Answers the new conversation's id. */
export async function converse(subject: ChatSubject, owner: string, ...others: string[]): Promise<string> {
  return subject.transactions.runInTransaction(async () => {
    const memberCount = others.length + 1;
    const { id } = await subject.conversations.create({ createdBy: owner, title: null, memberCount });
    await subject.members.addFirstMembers(id, [owner, ...others]);
    return id;
  });
}

/** Sends `count` messages one after another: `1`, `2`, `3` … */
export async function say(
  { messages }: ChatSubject,
  conversationId: string,
  senderId: string,
  count: number,
): Promise<void> {
  for (let content = 1; content <= count; content += 1) {
    await messages.create({ conversationId, senderId, content: String(content) });
  }
}
