import { beforeEach, describe, expect, it } from 'vitest';
import type { ProfilePublisherPort } from '../../src/arch/modules/chat/application/ports/profile-publisher.port.js';
import { RoomEmitterFake } from '../fakes/room-emitter.fake.js';

const ADA = { userId: 'ada', displayName: 'Ada', avatarUrl: null, version: 1 };

export function describeProfilePublisherContract(
  name: string,
  make: (rooms: RoomEmitterFake, joined: readonly string[]) => ProfilePublisherPort,
): void {
  describe(`ProfilePublisherPort on ${name}`, () => {
    let rooms: RoomEmitterFake;
    let publisher: ProfilePublisherPort;
    beforeEach(() => {
      rooms = new RoomEmitterFake();
      publisher = make(rooms, ['one', 'other']);
    });

    const connect = (userId: string, ...joined: string[]) => {
      const listener = rooms.connect();
      for (const room of [`user:${userId}`, ...joined]) rooms.join(room, listener);
      return listener;
    };

    it('sends a profile once to each socket in one of the rooms, and to all of the user', () => {
      const hearing = [connect('bob', 'one', 'other'), connect('eve', 'other'), connect('ada')];
      const [stranger, blocked] = [connect('dan', 'third'), connect('fay', 'one')];
      publisher.publishProfile(ADA, { conversationIds: ['one', 'other'], blockedIds: new Set(['fay']) });
      for (const { received } of hearing) {
        expect(received).toMatchObject([{ event: 'user_updated', payload: ADA }]);
      }
      expect([stranger.received, blocked.received]).toEqual([[], []]);
    });

    it('knows the rooms that are joined', () => {
      expect(publisher.listJoined()).toEqual(['one', 'other']);
    });
  });
}
