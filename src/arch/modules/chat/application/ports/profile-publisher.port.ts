import type { ChangedProfile } from '../../domain/models/changed-profile.model.js';
import type { ProfileAudience } from './profile-audience.port.js';

export abstract class ProfilePublisherPort {
  /** The conversations and threads whose rooms sockets of this node have joined. */
  abstract listJoined(): readonly string[];
  /**
   * Emits a profile to the sockets of this node that have joined one of the conversations, and to all of the user, to each
   * once; to none of blocked people. Never throws, never waits.
   */
  abstract publishProfile(profile: ChangedProfile, audience: ProfileAudience): void;
}
