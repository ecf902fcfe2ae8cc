import type { RoomEmitterPort } from '../../../../common/application/ports/room-emitter.port.js';
import { CHAT_NAMESPACE, userRoom } from '../../../../common/domain/rooms.js';
import type { ProfileAudience } from '../../application/ports/profile-audience.port.js';
import type { ProfilePublisherPort } from '../../application/ports/profile-publisher.port.js';
import type { ChangedProfile } from '../../domain/models/changed-profile.model.js';
import type { JoinedRooms } from '../live/joined-rooms.js';

/** How a profile reaches clients. */
interface ProfileDelivery {
  /** The event's wire name. */
  readonly name: string;
  toPayload(profile: ChangedProfile): object;
}

export class ProfilePublisherAdapter implements ProfilePublisherPort {
  /** @param delivery the module passes that of the interface */
  constructor(
    private readonly delivery: ProfileDelivery,
    private readonly rooms: RoomEmitterPort,
    private readonly joined: Pick<JoinedRooms, 'listRooms'>,
  ) {}

  listJoined(): readonly string[] {
    return this.joined.listRooms();
  }

  publishProfile(profile: ChangedProfile, { conversationIds, blockedIds }: ProfileAudience): void {
    const { name } = this.delivery;
    const rooms = [userRoom(profile.userId), ...conversationIds];
    this.rooms.emitOnce(CHAT_NAMESPACE, rooms, name, this.delivery.toPayload(profile), blockedIds);
  }
}
