import type { Conversation, ReadState, Visit } from '../api/conversation.ts';
import type { ConversationSummary } from '../api/conversation-summary.ts';
import type { Observable } from '../api/observable.ts';
import type { Pending } from '../api/pending.ts';
import type { MessageAnswer, OwnMembership } from '../contract.ts';
import { derived, sameList } from '../observable/derived.ts';
import type { Outbox } from '../outbox/create-outbox.ts';
import type { Tracks } from '../sync/create-tracks.ts';
import { presentMe, receiveMe, receiveMessage } from '../sync/row.ts';
import type { Scope } from '../sync/scope.ts';
import type { Drafts } from './create-drafts.ts';
import type { Members } from './create-members.ts';
import type { Reads } from './create-reads.ts';
import { createTimeline } from './create-timeline.ts';
import type { Typing } from './create-typing.ts';
import { verify } from './verify.ts';

/** What all handles share. */
export interface ConversationParts {
  readonly scope: Scope;
  readonly tracks: Tracks;
  readonly outbox: Outbox;
  readonly typing: Typing;
  readonly drafts: Drafts;
  readonly reads: Reads;
  readonly members: Members;
  readonly summaries: Observable<ReadonlyMap<string, ConversationSummary>>;
  readonly handleOf: (id: string) => Conversation;
  /** This user is no longer a member. */
  readonly drop: (id: string) => void;
}

/** Nothing is read before it is observed, or one of its functions is called. */
export function createConversation(id: string, parts: ConversationParts): Conversation {
  const { scope, tracks, outbox, typing, drafts, reads, summaries } = parts;
  const { directory, request } = scope;
  const summary = derived([summaries], () => summaries.getSnapshot().get(id) ?? null);
  const pending = derived<readonly Pending[]>([outbox.rows], (before) =>
    sameList(
      before,
      outbox.rows.getSnapshot().filter(({ conversationId }) => conversationId === id),
    ),
  );
  const byUser = reads.others.of(id);
  const members = parts.members.of(id);
  const read = derived<ReadState>([summary, byUser], (before) => {
    const next = {
      lastReadSeq: summary.getSnapshot()?.lastReadSeq ?? 0,
      byUser: byUser.getSnapshot(),
    };
    return before?.lastReadSeq === next.lastReadSeq && before.byUser === next.byUser ? before : next;
  });
  let visits = 0;
  let dividerSeq: number | null = null;

  async function readRow(): Promise<void> {
    if (!directory.get(id)) await scope.readRow(id);
  }

  const timeline = createTimeline(id, {
    tracks,
    pending,
    userId: scope.userId,
    readRow,
    firstUnread: () => {
      const row = directory.get(id);
      const me = row && presentMe(row);
      return me?.unreadCount ? Math.max(me.lastReadSeq + 1, me.visibleFromSeq ?? 1) : null;
    },
  });

  function note({ message, own }: MessageAnswer): MessageAnswer['message'] {
    tracks.of(id).apply({ kind: 'answer', message, own });
    directory.update(id, (row) => receiveMessage(row, message, scope.userId()));
    return message;
  }

  function noteMe(me: OwnMembership): void {
    directory.update(id, (row) => receiveMe(row, me));
  }

  const message = '/chat/conversations/:id/messages/:messageId';

  return {
    id,
    summary,
    timeline,
    members,
    read: {
      ...read,
      subscribe(onChange) {
        parts.members.observe(id);
        return read.subscribe(onChange);
      },
    },
    typing: typing.users.of(id),
    draft: derived([drafts.texts], () => drafts.texts.getSnapshot().get(id) ?? ''),
    setDraft: (text) => drafts.set(id, text),
    send(outgoing) {
      typing.end(id);
      return outbox.send(id, typeof outgoing === 'string' ? { content: outgoing } : outgoing);
    },
    retry: outbox.retry,
    discard: outbox.discard,
    edit: async (messageId, body) => note(await request(`PATCH ${message}`, id, { body }, { messageId })),
    async deleteMessage(messageId) {
      await request(`DELETE ${message}`, id, {}, { messageId });
    },
    react: async (messageId, emoji) =>
      note(await request(`PUT ${message}/reactions/:emoji`, id, {}, { messageId, emoji })),
    unreact: async (messageId, emoji) =>
      note(await request(`DELETE ${message}/reactions/:emoji`, id, {}, { messageId, emoji })),
    pin: async (messageId) => note(await request(`PUT ${message}/pin`, id, {}, { messageId })),
    unpin: async (messageId) => note(await request(`DELETE ${message}/pin`, id, {}, { messageId })),
    async openThread(messageId) {
      const thread = await request(`PUT ${message}/thread`, id, {}, { messageId });
      directory.put(thread);
      return parts.handleOf(thread.id);
    },
    async follow() {
      await request('PUT /chat/conversations/:id/follow', id);
    },
    async unfollow() {
      await request('DELETE /chat/conversations/:id/follow', id);
    },
    markRead: (seq) => reads.markRead(id, seq),
    async markUnread(lastReadSeq) {
      noteMe(await request('PATCH /chat/conversations/:id/me', id, { body: { lastReadSeq } }));
    },
    notifyTyping: () => typing.notify(id),
    addMember: (userId, history) =>
      request('POST /chat/conversations/:id/members', id, { body: { userId, history } }),
    changeRole: (userId, role) =>
      request('PATCH /chat/conversations/:id/members/:userId', id, { body: { role } }, { userId }),
    async removeMember(userId) {
      await request('DELETE /chat/conversations/:id/members/:userId', id, {}, { userId });
    },
    async leave() {
      const userId = scope.userId() ?? '';
      await request('DELETE /chat/conversations/:id/members/:userId', id, {}, { userId });
      parts.drop(id);
    },
    async update(body) {
      directory.put(await request('PATCH /chat/conversations/:id', id, { body }));
    },
    async updateOwn(body) {
      noteMe(await request('PATCH /chat/conversations/:id/me', id, { body }));
    },
    async clear() {
      await request('POST /chat/conversations/:id/clear', id);
    },
    async delete() {
      await request('DELETE /chat/conversations/:id', id);
      parts.drop(id);
    },
    visit(): Visit {
      const now = summary.getSnapshot();
      if (visits === 0) dividerSeq = now?.unreadCount ? now.lastReadSeq : null;
      visits += 1;
      let isOver = false;
      return {
        dividerSeq,
        end() {
          if (!isOver) visits -= 1;
          isOver = true;
        },
      };
    },
    verify: () => verify(id, scope, tracks.of(id).state.getSnapshot()),
  };
}
