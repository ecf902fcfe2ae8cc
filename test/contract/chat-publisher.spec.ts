import { vi } from 'vitest';
import { CHAT_NAMESPACE, userRoom } from '../../src/arch/common/domain/rooms.js';
import { ChatPublisherAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/chat-publisher.adapter.js';
import { ReadReceipts } from '../../src/arch/modules/chat/infrastructure/live/read-receipts.js';
import { TypingSignals } from '../../src/arch/modules/chat/infrastructure/live/typing-signals.js';
import { ChatPublisherFake, type Published } from '../fakes/chat-publisher.fake.js';
import { DatabaseEpochFake } from '../fakes/database-epoch.fake.js';
import { ListenerFake, RoomEmitterFake } from '../fakes/room-emitter.fake.js';
import { describeChatPublisherContract, type Heard } from './chat-publisher.contract.js';

/** Of what the fake has told: which room hears what, and which does not. */
function onTheWire(one: Published): { room: string; except?: string; heard: Heard } {
  if (one.event === 'messageSent') {
    const { message } = one;
    return { room: message.conversationId, heard: { event: 'new_message', payload: message } };
  }
  if (one.event === 'typing') {
    const { conversationId: room, userId } = one.typing;
    return { room, except: userRoom(userId), heard: { event: 'typing', payload: one.typing } };
  }
  if (one.event === 'conversationAdded') {
    const heard = { event: 'conversation_added', payload: one.conversation };
    return { room: userRoom(one.userId), heard };
  }
  const { event: told, ...payload } = one;
  const event = told === 'memberAdded' ? 'member_added' : 'message_read';
  return { room: one.conversationId, heard: { event, payload } };
}

describeChatPublisherContract('the fake', () => {
  const publisher = new ChatPublisherFake();
  return {
    publisher,
    connect: (userId, ...joined) => {
      const rooms = new Set([userRoom(userId), ...joined]);
      return {
        get heard() {
          return publisher.published
            .map(onTheWire)
            .filter(({ room, except = '' }) => rooms.has(room) && !rooms.has(except))
            .map(({ heard }) => heard);
        },
      };
    },
    endSecond: () => publisher.endSecond(),
    beginEpoch: () => publisher.forget(),
    epochsEnded: () => publisher.epochsEnded,
    stop: () => undefined,
  };
});

describeChatPublisherContract('the adapter', () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  const rooms = new RoomEmitterFake(CHAT_NAMESPACE);
  const epoch = new DatabaseEpochFake();
  return {
    publisher: new ChatPublisherAdapter(
      rooms,
      new ReadReceipts(rooms, epoch),
      new TypingSignals(rooms),
      epoch,
    ),
    connect: (userId, ...joined) => {
      const listener = new ListenerFake();
      for (const room of [userRoom(userId), ...joined]) rooms.join(room, listener);
      return listener;
    },
    endSecond: () => void vi.advanceTimersByTime(1_000),
    beginEpoch: () => epoch.renew('epoch-2'),
    epochsEnded: () => epoch.ends,
    stop: () => void vi.useRealTimers(),
  };
});
