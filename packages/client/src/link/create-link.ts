import type { Routes } from '../contract.ts';
import type { Ports } from '../defaults/resolve-ports.ts';
import { asCauserieError } from '../errors/error-of.ts';
import { outcomeOf } from '../errors/outcome-of.ts';
import type { Account } from '../session/account.ts';
import { createConnection } from './create-connection.ts';
import { createGate } from './gate.ts';
import type { Link } from './link.ts';
import { sendRequest } from './send-request.ts';
import { createUntilClosed } from './until-closed.ts';

/** The way to the server for who is signed in. */
export function createLink(ports: Ports, account: Account): Link {
  const gate = createGate(ports.clock);
  const untilClosed = createUntilClosed();
  const connection = createConnection(ports, account);

  async function attempt<R extends keyof Routes>(
    route: R,
    input: object | undefined,
    token: string | null,
    isLast = false,
  ): Promise<Routes[R]['answer']> {
    try {
      return await sendRequest(ports, route, input, token);
    } catch (thrown) {
      const error = asCauserieError(thrown);
      gate.note(error);
      const outcome = outcomeOf(error);
      if (token === null || (outcome !== 'refresh' && outcome !== 'sign-out')) throw error;
      if (outcome === 'refresh' && !isLast) {
        const next = await account.renew(token, 'refused');
        if (next !== null && next !== token) return attempt(route, input, next, true);
      } else if (error.code !== 'TOKEN_EXPIRED') await account.revoke(token, error.code);
      throw error;
    }
  }

  return {
    ...connection,
    call: (route, input) => untilClosed.run(async () => attempt(route, input, await account.token())),
    emit: (event, payload) =>
      untilClosed.run(() =>
        connection.emit(event, payload).catch((thrown: unknown) => {
          const error = asCauserieError(thrown);
          gate.note(error);
          throw error;
        }),
      ),
    onAccount: (listener) => account.onAccount((userId, _, forget) => listener(userId, forget)),
    untilAllowed: () => untilClosed.run(() => gate.untilOpen()),
    noteRefusal: (error) => gate.note(error),
    async close() {
      untilClosed.close();
      connection.close();
      account.close();
      ports.end();
    },
  };
}
