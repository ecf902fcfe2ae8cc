import { Injectable } from '@nestjs/common';
import { IdempotencyDataPort } from '../../../common/application/ports/idempotency-data.port.js';
import type { PersonalDataPort } from '../../../common/application/ports/personal-data.port.js';
import { AuthDataPort } from '../../auth/application/ports/auth-data.port.js';
import { ChatDataPort } from '../../chat/application/ports/chat-data.port.js';
import { PostDataPort } from '../../posts/application/ports/post-data.port.js';
import { PresenceDataPort } from '../../presence/application/ports/presence-data.port.js';
import { UserDataPort } from '../../user/application/ports/user-data.port.js';

/** All data that the application keeps of a user, module by module. */
@Injectable()
export class PersonalDataProviders {
  /** Sessions come first, so that no client is logged in while the rest is erased. */
  readonly all: readonly PersonalDataPort[];

  constructor(
    auth: AuthDataPort,
    chat: ChatDataPort,
    presence: PresenceDataPort,
    posts: PostDataPort,
    keys: IdempotencyDataPort,
    user: UserDataPort,
  ) {
    this.all = [auth, chat, presence, posts, keys, user];
  }
}
