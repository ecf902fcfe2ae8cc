import { CIRCLE_FAULTS } from './circle-faults.ts';
import { CHAT, EMIT, type PlantedFault, PUBLISHER } from './planted-fault.ts';
import { THREAD_FAULTS } from './thread-faults.ts';

const MESSAGE_CHANGES = `${CHAT}/infrastructure/statements/message-change-statements.js`;
const IS_SEVENTH = 'name === "new_message" && payload.seq % 7 === 0';

export const FAULTS: readonly PlantedFault[] = [
  {
    name: 'every seventh message is not emitted',
    rule: 'delivery-missing',
    module: PUBLISHER,
    replacements: [[EMIT, `if (!(${IS_SEVENTH})) ${EMIT}`]],
  },
  {
    name: 'every seventh message is emitted twice',
    rule: 'delivery-doubled',
    module: PUBLISHER,
    replacements: [[EMIT, `{ ${EMIT} if (${IS_SEVENTH}) ${EMIT} }`]],
  },
  {
    name: 'every seventh message is emitted after the next one',
    rule: 'delivery-order',
    // Behind the gate of the room, which would put them in order again.
    module: 'common/interface/ws/rooms/room-delivery.js',
    replacements: [
      [
        'const outgoing = encodeEvent(this.namespace.name, event, payload, exceptions);',
        `const held = event === "new_message" && (this.held ??= new Map()).get(room);
        if (held) {
          this.held.delete(room);
          queueMicrotask(held);
        } else if (event === "new_message" && payload.seq % 7 === 0 && !(this.late ??= new WeakSet()).has(payload)) {
          this.late.add(payload);
          this.held.set(room, () => this.deliverEvent(room, event, payload, exceptions));
          return;
        }
        const outgoing = encodeEvent(this.namespace.name, event, payload, exceptions);`,
      ],
    ],
  },
  {
    name: 'a message is emitted with another content than it is stored with',
    rule: 'altered',
    module: PUBLISHER,
    replacements: [
      [
        'const payload = delivery.toPayload(event);',
        `const exact = delivery.toPayload(event);
        const payload = name === 'new_message' ? { ...exact, content: exact.content.trim() + '.' } : exact;`,
      ],
    ],
  },
  {
    name: 'every seventh message is acknowledged but not stored',
    rule: 'lost',
    module: `${CHAT}/application/commands/send-message.command.js`,
    replacements: [
      [
        'const sent = await this.messages.create(draft);',
        `const count = (globalThis.count = (globalThis.count ?? 0) + 1);
        const sent = count % 7 !== 0 ? await this.messages.create(draft) : {
          duplicate: false,
          message: { ...draft, id: crypto.randomUUID(), sender: { id: draft.senderId, displayName: '', avatarUrl: null },
            clientMessageId: draft.clientMessageId ?? null, createdAt: new Date(), seq: 1, rev: 0, editedAt: null, deletedAt: null },
        };`,
      ],
    ],
  },
  {
    name: 'a message that is sent again is stored again',
    rule: 'doubled',
    module: `${CHAT}/application/commands/send-message.command.js`,
    replacements: [
      [
        'const sent = await this.messages.create(draft);',
        `const seen = (globalThis.seen ??= new Set());
        const { clientMessageId, ...anew } = draft;
        const isNew = clientMessageId === undefined || !seen.has(clientMessageId);
        const sent = await this.messages.create(isNew ? draft : anew);
        seen.add(clientMessageId);`,
      ],
    ],
  },
  {
    name: 'a message that is sent again is acknowledged as new',
    rule: 'acknowledged-twice',
    module: `${CHAT}/infrastructure/statements/message-batch.statement.js`,
    replacements: [['duplicate: row.outcome === "duplicate"', 'duplicate: false']],
  },
  {
    name: 'a seq is omitted',
    rule: 'hole',
    module: `${CHAT}/interface/http/dto/message.dto.js`,
    replacements: [['seq: message.seq,', 'seq: message.seq + (message.seq > 5 ? 1 : 0),']],
  },
  {
    name: 'changes omit a message',
    rule: 'diverging-list',
    module: `${CHAT}/infrastructure/adapters/conversation-catch-up.reader.js`,
    replacements: [
      [
        'await this.changed.read(',
        `await ((...given) =>
          this.changed.read(...given).then((all) => all.filter(({ seq }) => seq !== 3)))(`,
      ],
    ],
  },
  {
    name: 'changes end too early',
    rule: 'diverging-list',
    module: `${CHAT}/application/queries/list-changes.query.js`,
    replacements: [
      ['const rev = last?.rev ?? conversation.rev;', 'const rev = conversation.rev;'],
      ['hasMore: last !== undefined', 'hasMore: false'],
    ],
  },
  {
    name: 'a user who is no member may join a room',
    rule: 'leak',
    module: `${CHAT}/domain/services/membership.policy.js`,
    replacements: [['if (seq === null) throw new NotConversationMemberError();', '']],
  },
  {
    name: 'member_added is never emitted',
    rule: 'addition-missing',
    module: PUBLISHER,
    replacements: [[EMIT, `if (name !== 'member_added') ${EMIT}`]],
  },
  {
    name: 'conversation_added is never emitted',
    rule: 'invitation-missing',
    module: PUBLISHER,
    replacements: [[EMIT, `if (name !== 'conversation_added') ${EMIT}`]],
  },
  {
    name: 'changes never have members',
    rule: 'changes-members',
    module: `${CHAT}/interface/http/dto/changes.dto.js`,
    replacements: [['...members && { members: members.map(toMemberDto) },', '']],
  },
  {
    name: 'unreadCount is one too large',
    rule: 'unread-count',
    module: `${CHAT}/interface/http/dto/own-membership.dto.js`,
    replacements: [['unreadCount: me.unreadCount', 'unreadCount: me.unreadCount + 1']],
  },
  {
    name: 'mark_read is acknowledged but not stored',
    rule: 'read-position',
    module: `${CHAT}/application/commands/mark-read.command.js`,
    replacements: [
      [
        'await this.memberships.markRead(conversationId, userId, seq)',
        'await this.memberships.markRead(conversationId, userId, 0)',
      ],
      [
        'const { lastReadSeq, unreadCount, mentionCount } = marked.me;',
        `const { mentionCount } = marked.me;
        const lastReadSeq = Math.max(seq, marked.me.lastReadSeq);
        const unreadCount = marked.me.unreadCount + marked.me.lastReadSeq - lastReadSeq;`,
      ],
    ],
  },
  {
    name: 'message_read is never emitted',
    rule: 'read-missing',
    module: PUBLISHER,
    replacements: [['this.receipts.emitReceipt(event);', ';']],
  },
  {
    name: 'join_all answers a lastSeq that is one too small',
    rule: 'head',
    module: `${CHAT}/interface/ws/chat.gateway.js`,
    replacements: [
      [
        'found.map(toMemberHeadDto)',
        'found.map((head) => ({ ...head, lastSeq: Math.max(0, head.lastSeq - 1) }))',
      ],
    ],
  },
  {
    name: 'leave_room does not leave the room',
    rule: 'leak',
    module: `${CHAT}/interface/ws/chat.gateway.js`,
    replacements: [['await socket.leave(conversationId);', '']],
  },
  {
    name: 'the sockets of a session are not disconnected at its logout',
    rule: 'ended-session',
    module: 'modules/auth/infrastructure/adapters/session-revocations.adapter.js',
    replacements: [
      ['this.rooms.disconnectRoom(sessionRoom(id), "session_revoked", { code: "SESSION_REVOKED" });', ''],
    ],
  },
  {
    name: 'messages of a lost commit are not emitted',
    rule: 'delivery-missing',
    module: `${CHAT}/infrastructure/writing/conversation-writer.js`,
    replacements: [['this.interrupted.recover(batch);', 'this.queue.done(batch);']],
  },
  {
    name: 'the creation of a lost commit is not emitted',
    rule: 'invitation-missing',
    module: 'common/infrastructure/database/database.js',
    replacements: [['this.recoverCommit(publication);', 'void publication;']],
  },
  {
    name: 'the addition of a lost commit is not emitted',
    rule: 'addition-missing',
    module: `${CHAT}/infrastructure/writing/interrupted-writes.js`,
    replacements: [['await recover?.();', 'void recover;']],
  },
  ...CIRCLE_FAULTS,
  {
    name: 'message_updated is never emitted',
    rule: 'update-missing',
    module: PUBLISHER,
    replacements: [[EMIT, `if (name !== 'message_updated') ${EMIT}`]],
  },
  {
    name: 'an edit is stored without a new rev',
    rule: 'state-altered',
    module: MESSAGE_CHANGES,
    // The rest of the line is a comment.
    replacements: [['metadata = w.metadata, ', 'metadata = w.metadata -- ']],
  },
  {
    name: 'a reaction is counted one short',
    rule: 'reactions',
    module: `${CHAT}/interface/http/dto/message-details.dto.js`,
    replacements: [
      [
        'function toReactionDto({ emoji, count, userIds }) {',
        `function toReactionDto({ emoji, count: all, userIds }) {
        const count = Math.max(1, all - 1);`,
      ],
    ],
  },
  {
    name: 'own reactions are never answered',
    rule: 'own-reactions',
    module: `${CHAT}/interface/http/dto/own-reactions.dto.js`,
    replacements: [['return reactions.size > 0 ? ', 'return reactions.size < 0 ? ']],
  },
  {
    name: 'mentions that an edit takes away stay in the list',
    rule: 'mentions',
    module: MESSAGE_CHANGES,
    replacements: [
      ['delete from message_mentions d using wanted w', 'select from message_mentions d, wanted w'],
    ],
  },
  {
    name: 'a message that is no longer pinned stays in the list',
    rule: 'pins',
    module: MESSAGE_CHANGES,
    replacements: [
      ['with pins as (\n  delete from message_pins p using', 'with pins as (\n  select from message_pins p,'],
    ],
  },
  {
    name: 'a deleted message keeps its text',
    rule: 'deleted-content',
    module: MESSAGE_CHANGES,
    replacements: [["set content = '', content_sha256 = ''", "set content_sha256 = ''"]],
  },
  ...THREAD_FAULTS,
  {
    name: 'an Idempotency-Key is ignored',
    rule: 'conversation-doubled',
    module: 'common/interface/http/idempotency/keyed-creations.js',
    replacements: [['if (key === null)', 'if (true)']],
  },
];

/** A fault that can be found with several nodes only. */
export const SILENT_NODES: PlantedFault = {
  name: 'events are not published to other nodes',
  rule: 'delivery-missing',
  module: 'common/interface/ws/rooms/other-nodes.js',
  replacements: [['this.bus.publishToTopic(', '((...unsaid) => unsaid)(']],
};
