import { expect, it } from 'vitest';
import { ProfilePublisherAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/profile-publisher.adapter.js';
import { userUpdatedEvent } from '../../src/arch/modules/chat/interface/ws/dto/user-events.js';
import { ProfilePublisherFake } from '../fakes/profile-publisher.fake.js';
import { RoomEmitterFake } from '../fakes/room-emitter.fake.js';
import { describeProfilePublisherContract } from './profile-publisher.contract.js';

const adapter = (rooms: RoomEmitterFake, joined: readonly string[] = []) =>
  new ProfilePublisherAdapter(userUpdatedEvent, rooms, { listRooms: () => [...joined] });

describeProfilePublisherContract('the fake', (...of) => new ProfilePublisherFake(...of));
describeProfilePublisherContract('the emitter', adapter);

it('the payload has no other field of the profile', () => {
  const rooms = new RoomEmitterFake();
  const own = rooms.connect();
  rooms.join('user:ada', own);
  const profile = { userId: 'ada', displayName: 'Ada', avatarUrl: '/a', version: 7 };
  const shown = { ...profile, isDeleted: false };
  adapter(rooms).publishProfile(shown, { conversationIds: [], blockedIds: new Set() });
  expect(own.received).toEqual([{ event: 'user_updated', payload: profile }]);
});
