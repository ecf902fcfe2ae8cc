import { expect, it } from 'vitest';
import { PresencePublisherAdapter } from '../../src/arch/modules/presence/infrastructure/adapters/presence-publisher.adapter.js';
import { presenceEvent } from '../../src/arch/modules/presence/interface/ws/dto/presence-events.js';
import { PresencePublisherFake } from '../fakes/presence-publisher.fake.js';
import { RoomEmitterFake } from '../fakes/room-emitter.fake.js';
import { describePresencePublisherContract } from './presence-publisher.contract.js';

describePresencePublisherContract('the fake', () => {
  const publisher = new PresencePublisherFake();
  return {
    publisher,
    sentTo: (id) =>
      publisher.sent
        .filter(({ socketId }) => socketId === id)
        .map(({ presence: { userId, status } }) => `${userId} ${status}`),
  };
});

describePresencePublisherContract('the emitter', () => {
  const rooms = new RoomEmitterFake();
  return {
    publisher: new PresencePublisherAdapter(presenceEvent, rooms),
    sentTo: (id) =>
      rooms.emitted
        .filter(({ room }) => room === id)
        .map(({ payload }) => payload as { userId: string; status: string })
        .map(({ userId, status }) => `${userId} ${status}`),
  };
});

it('the payload has the time when it is known, and no field without a value', () => {
  const rooms = new RoomEmitterFake();
  const publisher = new PresencePublisherAdapter(presenceEvent, rooms);
  const lastSeenAt = new Date('2026-01-31T12:00:00.000Z');
  publisher.publishPresence(['s1'], { userId: 'ada', status: 'offline', lastSeenAt });
  publisher.publishPresence(['s1'], { userId: 'ada', status: 'online', lastSeenAt: null });
  expect(rooms.emitted).toEqual([
    {
      room: 's1',
      event: 'presence',
      payload: { userId: 'ada', status: 'offline', lastSeenAt: '2026-01-31T12:00:00.000Z' },
    },
    { room: 's1', event: 'presence', payload: { userId: 'ada', status: 'online' } },
  ]);
});
