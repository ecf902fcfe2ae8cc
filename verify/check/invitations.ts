import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** Every open connection of a new member receives `conversation_added`, also at the creation; no other connection does. */
export function* checkInvitations(known: StoredHistory): Generator<Violation> {
  const { conversations, additions, connections } = known.history;
  const expected = [
    ...conversations.flatMap(({ founders, begun }, conversation) =>
      founders.map((client) => ({ client, conversation, begun })),
    ),
    ...additions,
  ];
  const byClient = Map.groupBy(expected, ({ client }) => client);
  for (const { client, connection, begun, untilEnd, invitations } of connections) {
    const listener = `${known.nameOfClient(client)} on connection ${connection}`;
    const received = new Set(invitations);
    for (const conversation of received) {
      if (conversation !== -1 && !known.isMember(client, conversation))
        yield {
          kind: 'leak',
          text: `${listener} received conversation_added of conversation ${conversation}`,
        };
    }
    if (!untilEnd) continue;
    for (const addition of byClient.get(client) ?? []) {
      if (addition.begun <= begun || received.has(addition.conversation)) continue;
      yield {
        kind: 'invitation-missing',
        text: `${listener} did not receive conversation_added of conversation ${addition.conversation}`,
      };
    }
  }
}
