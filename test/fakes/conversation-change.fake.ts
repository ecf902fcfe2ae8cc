import { UnavailableError } from '../../src/arch/common/domain/errors/unavailable.error.js';
import type { ChatPublisherPort } from '../../src/arch/modules/chat/application/ports/chat-publisher.port.js';
import type { ConversationChangePort } from '../../src/arch/modules/chat/application/ports/conversation-change.port.js';
import { publishChanges } from '../../src/arch/modules/chat/infrastructure/live/publish-changes.js';
import type {
  ChangeKind,
  ChangeOf,
  ChangeResults,
  ConversationChange,
  LockedConversation,
  StoredChange,
} from '../../src/arch/modules/chat/domain/models/conversation-change.model.js';
import { toChangedMember, toConversation, toSummary } from './chat-models.js';
import {
  type ChatState,
  ownDefaults,
  type StoredConversation,
  type StoredLogRow,
  toDate,
} from './chat-state.js';

type Writes = {
  readonly [Kind in ChangeKind]: (
    state: ChatState,
    conversation: StoredConversation,
    change: ChangeOf<Kind>,
    actorId: string,
  ) => ChangeResults[Kind];
};

/** What each kind of change does to the state, after its `rev` was taken. */
const WRITES: Writes = {
  member_added(state, conversation, { history, data: { id, role } }, actorId) {
    const added = {
      ...ownDefaults(),
      visibleFromSeq: history === 'none' ? conversation.lastSeq + 1 : 1,
      userId: id,
      role,
      joinedAt: toDate(state.now()),
      lastReadSeq: conversation.lastSeq,
    };
    conversation.memberCount += 1;
    conversation.membersRev = conversation.rev;
    state.members.get(conversation.id)?.set(id, added);
    const conversationOfMember = toSummary(state, conversation, added);
    return { ...toChangedMember(state, added, actorId), conversation: conversationOfMember };
  },
  member_removed(state, conversation, { subjectId, data: { heirId } }) {
    conversation.memberCount -= 1;
    conversation.membersRev = conversation.rev;
    state.members.get(conversation.id)?.delete(subjectId);
    state.endInvites(conversation.id, subjectId);
    state.endFollowing(conversation.id, subjectId);
    const heir = state.member(conversation.id, heirId ?? '');
    if (heir) Object.assign(heir, { role: 'owner', version: heir.version + 1 });
    return null;
  },
  member_updated(state, conversation, { data: { id, role } }, actorId) {
    conversation.membersRev = conversation.rev;
    const member = state.member(conversation.id, id);
    if (!member) throw new Error('The member is not there.');
    member.role = role;
    if (role === 'member') state.endInvites(conversation.id, id);
    member.version += 1;
    return toChangedMember(state, member, actorId);
  },
  conversation_updated(_state, conversation, { data }) {
    Object.assign(conversation, data);
    return { conversation: toConversation(conversation) };
  },
  conversation_deleted(state, conversation) {
    conversation.memberCount = 0;
    conversation.membersRev = conversation.rev;
    conversation.isDeleted = true;
    state.members.set(conversation.id, new Map());
    state.endInvites(conversation.id);
    state.endFollowing(conversation.id);
    return null;
  },
};

/** Runs one change after another. */
export class ConversationChangeFake implements ConversationChangePort {
  /** Whether the answer to the next COMMIT is lost, and whether the transaction was committed nevertheless. */
  losesCommit: 'stored' | 'undone' | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private interrupted: readonly StoredChange[] = [];

  constructor(
    private readonly state: ChatState,
    private readonly live: ChatPublisherPort,
  ) {}

  async change<Change extends ConversationChange>(
    conversationId: string,
    actorId: string,
    decide: (found: LockedConversation) => readonly Change[] | Promise<readonly Change[]>,
    subjectIds: readonly string[] = [],
  ): Promise<readonly StoredChange<Change['kind']>[]> {
    const begin = async () => {
      const decided = await this.undoing(() => decide(this.find(conversationId, actorId, subjectIds)));
      return this.storeAll(conversationId, actorId, decided);
    };
    const changed = this.last.then(begin, begin);
    this.last = changed;
    const { changes, evicted } = await changed;
    await evicted;
    return changes;
  }

  /** The database answers again. */
  recover(): void {
    void publishChanges(this.interrupted, this.live);
    this.interrupted = [];
  }

  /** What the work has stored is undone when it fails. */
  private async undoing<T>(work: () => T | Promise<T>): Promise<T> {
    const rollBack = this.state.remember();
    try {
      return await work();
    } catch (error) {
      rollBack();
      throw error;
    }
  }

  private find(conversationId: string, actorId: string, subjectIds: readonly string[]): LockedConversation {
    const roleOf = (userId: string) => this.state.member(conversationId, userId)?.role ?? null;
    const accounts = subjectIds.filter((id) => this.state.users.has(id));
    return {
      conversation: toConversation(this.state.conversation(conversationId)),
      actorRole: roleOf(actorId),
      subjects: new Map(accounts.map((id) => [id, roleOf(id)])),
      isBlocked: this.state.hasBlock(conversationId),
    };
  }

  private storeAll<Change extends ConversationChange>(
    conversationId: string,
    actorId: string,
    decided: readonly Change[],
  ) {
    const lost = this.losesCommit;
    this.losesCommit = undefined;
    const rollBack = lost === 'undone' ? this.state.remember() : undefined;
    const stored = decided.map((change) => this.store(conversationId, actorId, change.kind, change));
    const changes = stored as StoredChange[];
    rollBack?.();
    if (lost === 'stored') this.interrupted = changes;
    if (lost) throw new UnavailableError([], 'unknown');
    const evicted = publishChanges(changes, this.live);
    return { changes: changes as StoredChange<Change['kind']>[], evicted };
  }

  private store<Kind extends ChangeKind>(
    conversationId: string,
    actorId: string,
    kind: Kind,
    change: ChangeOf<Kind>,
  ) {
    const conversation = this.state.conversation(conversationId);
    if (kind !== 'conversation_updated') this.logUnlogged(conversation);
    conversation.rev += 1;
    const { rev } = conversation;
    const write: Writes[Kind] = WRITES[kind];
    const result = write(this.state, conversation, change, actorId);
    const { subjectId, data } = change;
    this.log(conversationId, { rev, kind, actorId, subjectId, afterSeq: conversation.lastSeq, data });
    return { kind, conversationId, rev, actorId, change, result };
  }

  /** A change of members of an older node has no row: it gets one before a later change hides it. */
  private logUnlogged({ id, membersRev: rev }: StoredConversation): void {
    if (rev === 0 || this.state.changesOf(id).some((row) => row.rev === rev)) return;
    this.log(id, { rev, kind: 'members_changed', actorId: null, subjectId: null, afterSeq: 0, data: {} });
  }

  private log(id: string, row: Omit<StoredLogRow, 'createdAt'>): void {
    const logged = { ...row, createdAt: toDate(this.state.now()) };
    this.state.changes.set(
      id,
      [...this.state.changesOf(id), logged].toSorted((a, b) => a.rev - b.rev),
    );
  }
}
