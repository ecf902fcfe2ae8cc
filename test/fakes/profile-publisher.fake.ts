import type { ProfileAudience } from '../../src/arch/modules/chat/application/ports/profile-audience.port.js';
import type { ProfilePublisherPort } from '../../src/arch/modules/chat/application/ports/profile-publisher.port.js';
import type { ChangedProfile } from '../../src/arch/modules/chat/domain/models/changed-profile.model.js';
import type { RoomEmitterFake } from './room-emitter.fake.js';

export class ProfilePublisherFake implements ProfilePublisherPort {
  constructor(
    private readonly rooms: RoomEmitterFake,
    private readonly joined: readonly string[] = [],
  ) {}

  listJoined(): readonly string[] {
    return this.joined;
  }

  publishProfile(profile: ChangedProfile, { conversationIds, blockedIds }: ProfileAudience): void {
    const rooms = [`user:${profile.userId}`, ...conversationIds];
    this.rooms.emitOnce('/chat', rooms, 'user_updated', { ...profile }, blockedIds);
  }
}
