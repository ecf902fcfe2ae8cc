import type { User } from '../../../user/domain/models/user.model.js';
import type { Tokens } from '../../domain/models/tokens.model.js';

/** The result of signup and login. */
export interface AuthenticatedSession extends Tokens {
  readonly user: User;
  /** Not in the answer, because the access token contains it. */
  readonly sessionId: string;
  /** The user's sessions that were ended for this one, to be announced after the commit. */
  readonly displaced: readonly string[];
}
