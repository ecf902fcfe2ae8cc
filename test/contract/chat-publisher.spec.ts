import { vi } from 'vitest';
import { VisibilityReports } from '../../src/arch/common/application/visibility-reports.js';
import { CHAT_NAMESPACE, userRoom } from '../../src/arch/common/domain/rooms.js';
import type { ChatEvent } from '../../src/arch/modules/chat/domain/events/chat-event.js';
import type { Eviction } from '../../src/arch/modules/chat/domain/events/eviction.js';
import type { EventDelivery } from '../../src/arch/modules/chat/domain/events/event-delivery.js';
import { ChatPublisherAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/chat-publisher.adapter.js';
import { chatEvents } from '../../src/arch/modules/chat/interface/ws/dto/chat-events.js';
import { ChatPublisherFake } from '../fakes/chat-publisher.fake.js';
import { DatabaseEpochFake } from '../fakes/database-epoch.fake.js';
import { ListenerFake, RoomEmitterFake } from '../fakes/room-emitter.fake.js';
import { describeChatPublisherContract, type ReceivedEvent } from './chat-publisher.contract.js';

/** How the table delivers an event of the fake to clients. */
function onTheWire(event: ChatEvent): {
  room: string;
  except: string | undefined;
  receivedIn: (rooms: ReadonlySet<string>) => ReceivedEvent;
} {
  const delivery: EventDelivery<ChatEvent> = chatEvents[event.kind];
  const { name, audience } = delivery;
  const instead = delivery.otherwiseShown?.(event);
  const receivedIn = (rooms: ReadonlySet<string>) => {
    const shown = instead && rooms.has(instead.room) ? instead.event : event;
    return { event: name, payload: delivery.toPayload(shown) };
  };
  return { room: audience.roomOf(event), except: audience.exceptOf?.(event), receivedIn };
}

describeChatPublisherContract('the fake', () => {
  const publisher = new ChatPublisherFake();
  return {
    publisher,
    connect: (userId, ...joined) => {
      return {
        get received() {
          const rooms = new Set([userRoom(userId), ...joined]);
          const evictions = publisher.evictions.filter(
            ({ eviction }) => eviction.userId === null || eviction.userId === userId,
          );
          return publisher.published.map(onTheWire).flatMap(({ room, except = '', receivedIn }, index) => {
            const isOut = evictions.some(
              ({ eviction, after }) => eviction.conversationId === room && after <= index,
            );
            return rooms.has(room) && !rooms.has(except) && !isOut ? [receivedIn(rooms)] : [];
          });
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
  const evict = async ({ conversationId, userId }: Eviction) =>
    rooms.removeFromRoom(CHAT_NAMESPACE, conversationId, userId === null ? conversationId : userRoom(userId));
  return {
    publisher: new ChatPublisherAdapter(
      chatEvents,
      rooms,
      epoch,
      new VisibilityReports(),
      { introduce: () => undefined },
      { evict, hideHistory: async () => undefined },
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
