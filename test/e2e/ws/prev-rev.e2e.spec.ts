import { QueryBus } from '@nestjs/cqrs';
import { expect } from 'vitest';
import { ChatPublisherPort } from '../../../src/arch/modules/chat/application/ports/chat-publisher.port.js';
import {
  ListTimelineQuery,
  type TimelinePage,
} from '../../../src/arch/modules/chat/application/queries/list-timeline.query.js';
import type { ChatEvent } from '../../../src/arch/modules/chat/domain/events/chat-event.js';
import type { TimelineEvent } from '../../../src/arch/modules/chat/domain/models/timeline-event.model.js';
import { apiTest } from '../../support/api-test.js';
import { ConversationFold } from '../../support/folding/conversation-fold.js';
import { readConversation } from '../../support/folding/read-conversation.js';
import { TestSocket } from '../../support/test-socket.js';
import { startNode } from '../auth/support.js';
import { sendMessages } from '../http/support.js';

/** As later versions will change a message: it takes the next `rev`, and leaves its earlier one behind. */
const OVERTAKE = `
update messages m set rev = h.rev + 1 from conversation_heads h
where m.conversation_id = $1 and h.id = $1 and m.seq = $2`;

const it = apiTest
  /** Without Redis it is not told what the first node emits. */
  .extend('other', async ({ server }, { onCleanup }) => {
    const node = await startNode(server);
    onCleanup(() => node.app.close());
    return node;
  })
  /** The changes 1 to 3 and 5 are messages, 4 and 6 changes of members; then the messages 1 and 3 take 7 and 8. */
  .extend('id', async ({ server, owner, member }) => {
    const id = await server.createConversation(owner);
    const call = (method: string, path: string, body: object) =>
      server.call(method, `/chat/conversations/${id}${path}`, { token: owner.token, body });
    await sendMessages(server, owner, id, 3);
    await call('POST', '/members', { userId: member.id });
    await sendMessages(server, owner, id, 1);
    await call('PATCH', `/members/${member.id}`, { role: 'admin' });
    await server.database.query(OVERTAKE, [id, 1]);
    await server.database.query(OVERTAKE, [id, 3]);
    return id;
  });

const CONNECTED = [
  [2, 0],
  [4, 2],
  [5, undefined],
  [6, undefined],
  [7, undefined],
  [8, undefined],
];
const positionOf = ({ rev, prevRev }: { rev: number; prevRev?: number | undefined }) => [rev, prevRev];

type DurableEvent = Extract<ChatEvent, { rev: number }>;

function ofEvent(conversationId: string, event: TimelineEvent): DurableEvent {
  const { rev, prevRev, data } = event;
  const place = { conversationId, rev, ...(prevRev !== undefined && { prevRev }) };
  if (event.kind === 'member_added') return { ...place, kind: event.kind, member: event.data.member };
  if (event.kind !== 'member_updated') throw new Error(`Not expected: ${JSON.stringify(data)}`);
  return { ...place, kind: event.kind, member: event.data.member, actorId: event.actorId ?? '' };
}

/** The live events of what a node has read. */
const eventsOf = (conversationId: string, { messages, events }: TimelinePage): DurableEvent[] =>
  [
    ...messages.map(({ prevRev, ...message }) => {
      const place = { conversationId, rev: message.rev, ...(prevRev !== undefined && { prevRev }) };
      return { ...place, kind: 'message_created' as const, message };
    }),
    ...events.map((event) => ofEvent(conversationId, event)),
  ].toSorted((a, b) => a.rev - b.rev);

it('what a node reads and emits has prevRev where numbers have been overtaken: nobody finds a gap', async ({
  server,
  other,
  owner,
  id,
}) => {
  const socket = await TestSocket.connect(other.url, owner.token);
  await socket.emit('join_room', { conversationId: id });
  const get = async (path: string) => (await server.call('GET', path, { token: owner.token })).body;
  const read = await readConversation(get, id);
  if (!read) throw new Error('There is no conversation.');
  const page = await other.app.get(QueryBus).execute(new ListTimelineQuery(id, owner.id, 0, 100));
  const publisher = other.app.get(ChatPublisherPort, { strict: false });
  for (const event of eventsOf(id, page)) publisher.publish(event);
  await socket.settle();
  const emitted = socket.everything().filter(({ payload }) => 'rev' in payload);
  expect(emitted.map(({ payload }) => positionOf(payload as { rev: number }))).toEqual(CONNECTED);
  const fold = new ConversationFold(read, 0, owner.id);
  expect(emitted.map(({ event, payload }) => fold.applyEvent(event, payload))).toEqual(
    Array.from({ length: 6 }, () => 'applied'),
  );
  expect(fold.rev).toBe(8);
  // Without it each overtaken number would be a gap.
  const withoutIt = { ...emitted[0]?.payload, prevRev: undefined };
  expect(new ConversationFold(read, 0, owner.id).applyEvent('new_message', withoutIt)).toBe('gap');
  socket.close();
});

it('changes answers the same, and a change after it follows on the head', async ({
  server,
  owner,
  member,
  connect,
  id,
}) => {
  const { body } = await server.call('GET', `/chat/conversations/${id}/changes?events=true`, {
    token: owner.token,
  });
  const items = [...body.data, ...body.events].map(positionOf).toSorted(([a = 0], [b = 0]) => a - b);
  expect(items).toEqual(CONNECTED);
  const socket = await connect(member);
  await socket.emit('join_room', { conversationId: id });
  await sendMessages(server, owner, id, 1);
  const [message] = await socket.waitFor<{ rev: number }>('new_message', 1);
  expect(message && positionOf(message)).toEqual([9, undefined]);
});
