import type { CauserieClient } from './api/client.ts';
import type { Conversation } from './api/conversation.ts';
import type { ClientOptions } from './api/options.ts';
import type { Message, ServerEvents } from './contract.ts';
import { createConversation } from './conversation/create-conversation.ts';
import { createDrafts } from './conversation/create-drafts.ts';
import { createMembers } from './conversation/create-members.ts';
import { createReads } from './conversation/create-reads.ts';
import { createTyping } from './conversation/create-typing.ts';
import { resolvePorts } from './defaults/resolve-ports.ts';
import { createLink } from './link/create-link.ts';
import { createList } from './list/create-list.ts';
import { createSummaries } from './list/create-summaries.ts';
import { createTotals } from './list/create-totals.ts';
import { createOutbox } from './outbox/create-outbox.ts';
import { createAccount } from './session/create-account.ts';
import { createSession } from './session/create-session.ts';
import { createFeed } from './sync/create-feed.ts';
import { createRooms } from './sync/create-rooms.ts';
import { createScope } from './sync/create-scope.ts';
import { createSync } from './sync/create-sync.ts';
import { createTracks } from './sync/create-tracks.ts';
import { receiveMessage } from './sync/row.ts';
import { createUsers } from './users/create-users.ts';

/** Nothing happens until `connect()` or a call: no timer, socket, storage access or global is touched before. */
export function createClient(options: ClientOptions = {}): CauserieClient {
  const ports = resolvePorts(options);
  const account = createAccount(ports);
  const link = createLink(ports, account);
  const scope = createScope({
    ports,
    link,
    limits: options.limits,
    userId: () => account.state.getSnapshot().user?.id ?? null,
    untilKnown: async () => {
      if (account.state.getSnapshot().status === 'unknown') await account.restore();
    },
    onGone: (id, error) => sync.drop(id, error),
    onCursorInvalid: () => sync.restart(),
  });
  const { directory } = scope;
  const rooms = createRooms(scope);
  const outbox = createOutbox(scope, (message) => {
    tracks.of(message.conversationId).apply({ kind: 'event', rev: message.rev, message });
    directory.update(message.conversationId, (row) => receiveMessage(row, message, scope.userId()));
    outbox.settle(message);
  });
  const tracks = createTracks(scope, rooms, {
    onChanges(page) {
      sync.onChanges(page);
      members.onChanges(page);
    },
    onMessages(messages) {
      messages.forEach(outbox.settle);
      users.note(messages.map(({ sender }) => sender));
      for (const message of messages) {
        directory.update(message.conversationId, (row) => receiveMessage(row, message, scope.userId()));
      }
    },
  });
  const sync = createSync(scope, rooms, tracks, {
    refreshList: (changed) => list.refresh(changed),
    onRemoved(id, error, reason) {
      feed.remove(id, reason);
      outbox.drop(id, error);
      drafts.set(id, '');
    },
    onBack: (id, since) => void readBack(id, since),
    onReady() {
      outbox.flush();
      reads.flush();
      totals.refresh();
    },
  });
  scope.onEvent((name, payload) => {
    if (name === 'new_message') outbox.settle(payload as Message);
    if (name === 'message_updated') outbox.settle((payload as ServerEvents[typeof name]).message);
  });
  const feed = createFeed(scope, rooms);
  const typing = createTyping(scope);
  const drafts = createDrafts(scope);
  const reads = createReads(scope);
  const users = createUsers(scope);
  const members = createMembers(scope, (id, read) => {
    reads.note(
      id,
      read.map(({ userId, lastReadSeq }) => [userId, lastReadSeq] as const),
    );
    users.note(read.map((member) => ({ ...member, id: member.userId })));
  });
  const summaries = createSummaries(directory, outbox.rows, drafts, ports.clock);
  const handles = new Map<string, Conversation>();
  const list = createList(scope, summaries, handleOf);
  const totals = createTotals(scope, summaries, list);

  function handleOf(id: string): Conversation {
    const handle = handles.get(id) ?? createConversation(id, parts);
    handles.set(id, handle);
    return handle;
  }
  /** What no event has told during a break. */
  async function readBack(id: string, since: number | null): Promise<void> {
    if (since === null || !members.areMany(id) || !(await reads.readMoved(id, since)))
      await members.refresh(id);
  }
  const { drop } = sync;
  const parts = { scope, tracks, outbox, typing, drafts, reads, members, summaries, handleOf, drop };

  let known: string | null | undefined;
  link.onAccount((userId, forget) => {
    const forgotten = forget && known ? known : null;
    const isFirst = known === undefined && userId !== null;
    known = userId;
    // Before it is known who is signed in nothing has been read, and what is open waits for it.
    if (!isFirst) {
      for (const part of [sync, list, feed, typing.users, reads, members, users]) part.clear();
      rooms.reset();
    }
    drafts.load(forgotten, isFirst);
    outbox.load(forgotten, isFirst);
  });

  return {
    session: createSession(account, link, outbox.hasUnsent),
    connection: link.connection,
    conversations: list,
    users,
    outbox: outbox.rows,
    totals,
    conversation: handleOf,
    connect: () => link.connect(),
    call: (route, input) => link.call(route, input),
    on: feed.on,
    close: () => link.close(),
  };
}
