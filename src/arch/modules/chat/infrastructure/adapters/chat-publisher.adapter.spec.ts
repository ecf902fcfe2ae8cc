import { expect, it, vi } from 'vitest';
import { DatabaseEpochFake } from '../../../../../../test/fakes/database-epoch.fake.js';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import { ListenerFake, RoomEmitterFake } from '../../../../../../test/fakes/room-emitter.fake.js';
import { VisibilityReports } from '../../../../common/application/visibility-reports.js';
import { CHAT_NAMESPACE } from '../../../../common/domain/rooms.js';
import { messageCreated } from '../../domain/events/chat-event.js';
import type { EventDeliveries } from '../../domain/events/event-delivery.js';
import { chatEvents } from '../../interface/ws/dto/chat-events.js';
import { ChatPublisherAdapter } from './chat-publisher.adapter.js';

it.each([true, false])(
  'the table decides whether an event is in the order of rev: %s',
  async (inRevOrder) => {
    const [rooms, epoch, chat] = [
      new RoomEmitterFake(CHAT_NAMESPACE),
      new DatabaseEpochFake(),
      new FakeChat(),
    ];
    const row = { ...chatEvents.message_created, inRevOrder };
    const publisher = new ChatPublisherAdapter(
      { ...chatEvents, message_created: row } as EventDeliveries,
      rooms,
      epoch,
      new VisibilityReports(),
      { introduce: () => undefined },
      { evict: async () => undefined, hideHistory: async () => undefined },
    );
    const senderId = await chat.signUp();
    const conversationId = await chat.converse(senderId);
    const { message } = await chat.messages.create({ conversationId, senderId, content: 'Hello!' });
    const listener = new ListenerFake();
    rooms.join(conversationId, listener);
    for (let times = 0; times < 2; times += 1) publisher.publish(messageCreated(message));
    expect([listener.received.length, epoch.ends]).toEqual(inRevOrder ? [1, 1] : [2, 0]);
  },
);

it('introduces a conversation with its first message, once, and with no later one', async () => {
  const [chat, introduce] = [new FakeChat(), vi.fn<(conversationId: string) => void>()];
  const rooms = new RoomEmitterFake(CHAT_NAMESPACE);
  const publisher = new ChatPublisherAdapter(
    chatEvents,
    rooms,
    new DatabaseEpochFake(),
    new VisibilityReports(),
    { introduce },
    { evict: async () => undefined, hideHistory: async () => undefined },
  );
  const senderId = await chat.signUp();
  const conversationId = await chat.converse(senderId);
  for (const content of ['first', 'second']) {
    const { message } = await chat.messages.create({ conversationId, senderId, content });
    for (let times = 0; times < 2; times += 1) publisher.publish(messageCreated(message));
  }
  expect(introduce.mock.calls.map(([id]) => id)).toEqual([conversationId]);
});

it('emits a change of a thread with its place in the parent, of which clients get nothing', async () => {
  const [chat, rooms] = [new FakeChat(), new RoomEmitterFake(CHAT_NAMESPACE)];
  const publisher = new ChatPublisherAdapter(
    chatEvents,
    rooms,
    new DatabaseEpochFake(),
    new VisibilityReports(),
    { introduce: () => undefined },
    { evict: async () => undefined, hideHistory: async () => undefined },
  );
  const senderId = await chat.signUp();
  const conversationId = await chat.converse(senderId);
  const { message } = await chat.messages.create({ conversationId, senderId, content: 'first' });
  const event = messageCreated(message, { conversationId: 'parent', rev: 7 });
  publisher.publish(event);
  const [emitted] = rooms.emitted;
  expect(emitted).toMatchObject({ room: conversationId, after: { room: 'parent', rev: 7 } });
  expect(JSON.stringify(emitted?.payload)).not.toContain('parent');
});
