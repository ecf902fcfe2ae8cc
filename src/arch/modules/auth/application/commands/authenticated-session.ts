import type { User } from '../../../user/domain/models/user.model.js';
import type { Tokens } from '../../domain/models/tokens.model.js';

/** What signup and login answer. */
export interface AuthenticatedSession extends Tokens {
  readonly user: User;
  /** Nobody needs it in the answer: it stands in the access token. */
  readonly sessionId: string;
  /** Sessions of the same user that ended for it, which is to be announced after the commit. */
  readonly displaced: readonly string[];
}
