import type { Auth } from '../api/options.ts';
import { nothing } from '../defaults/deferred.ts';
import type { Ports } from '../defaults/resolve-ports.ts';
import { CauserieError } from '../errors/causerie-error.ts';
import { asCauserieError } from '../errors/error-of.ts';
import { outcomeOf } from '../errors/outcome-of.ts';
import { sendRequest } from '../link/send-request.ts';
import type { Reason, TokenSource } from './account.ts';
import type { Holder } from './holder.ts';

/** Maximum milliseconds for the backend to answer. */
const ANSWER = 15_000;

/** Tokens of the backend of who embeds the client. */
export function backendTokens(
  ports: Ports,
  holder: Holder,
  auth: Extract<Auth, { kind: 'token' }>,
): TokenSource {
  const { clock } = ports;

  async function ask(reason: Reason): Promise<string> {
    const answer = (async () => auth.getToken(reason))();
    let cancel = nothing;
    const late = new Promise<never>((_, reject) => {
      cancel = clock.setTimer(ANSWER, () =>
        reject(new CauserieError('TIMEOUT', 'getToken does not answer.')),
      );
    });
    return Promise.race([answer, late]).finally(cancel);
  }

  /** Gets a token, and asks the server whose it is: the backend may have signed in somebody else meanwhile. */
  async function obtain(reason: Reason): Promise<void> {
    const version = holder.version();
    try {
      const accessToken = await ask(reason);
      if (!accessToken) throw new CauserieError('SESSION_REVOKED');
      const user = await sendRequest(ports, 'GET /users/me', {}, accessToken);
      if (version !== holder.version()) return;
      holder.hold({ accessToken, user, expiresAt: Infinity, lifetime: Infinity });
    } catch (thrown) {
      const error = asCauserieError(thrown);
      if (version !== holder.version()) return;
      if (outcomeOf(error) === 'refresh' && reason !== 'refused') return obtain('refused');
      if (error.status !== 401 && outcomeOf(error) !== 'sign-out') throw error;
      holder.hold(null, error.code);
    }
  }

  return { load: () => obtain('start'), renew: (_, reason) => obtain(reason) };
}
