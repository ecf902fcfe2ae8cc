import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** A session that was logged out hears nothing that was sent afterwards, and its connection ends. */
export function* checkEndedSessions(known: StoredHistory): Generator<Violation> {
  for (const { client, connection, ended, closed } of known.history.endedSessions) {
    const session = `a session of ${known.nameOfClient(client)}, ended by logout,`;
    if (!closed) yield { kind: 'ended-session', text: `${session} is still served` };
    // Between nodes the word of it takes a moment.
    if (known.history.nodes > 1) continue;
    for (const stream of known.history.streams) {
      if (stream.client !== client || stream.connection !== connection) continue;
      for (const index of stream.messages) {
        const begun = known.originOf(known.message(known.canonical(index)))?.attempts[0]?.begun ?? 0;
        if (begun > ended) yield { kind: 'ended-session', text: `${session} heard ${known.nameOf(index)}` };
      }
    }
  }
}
