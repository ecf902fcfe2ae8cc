import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** A session that was logged out receives no message that was sent afterwards, and its connection is closed. */
export function* checkEndedSessions(known: StoredHistory): Generator<Violation> {
  for (const { client, connection, ended, closed } of known.history.endedSessions) {
    const session = `a session of ${known.nameOfClient(client)}, which was logged out,`;
    if (!closed) yield { kind: 'ended-session', text: `${session} is still served` };
    // Another node learns of the logout later, over the bus.
    if (known.history.nodes > 1) continue;
    for (const stream of known.history.streams) {
      if (stream.client !== client || stream.connection !== connection) continue;
      for (const index of stream.messages) {
        const begun = known.originOf(known.getMessage(known.storedVersionOf(index)))?.attempts[0]?.begun ?? 0;
        if (begun > ended)
          yield { kind: 'ended-session', text: `${session} received ${known.nameOfMessage(index)}` };
      }
    }
  }
}
