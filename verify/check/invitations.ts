import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** Every living connection of a new member's hears of the conversation, at its creation too, and of no other's. */
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
    const heard = new Set(invitations);
    for (const conversation of heard) {
      if (conversation !== -1 && !known.isMember(client, conversation))
        yield { kind: 'leak', text: `${listener} was told of conversation ${conversation}` };
    }
    if (!untilEnd) continue;
    for (const addition of byClient.get(client) ?? []) {
      if (addition.begun <= begun || heard.has(addition.conversation)) continue;
      yield {
        kind: 'invitation-missing',
        text: `${listener} did not hear of conversation ${addition.conversation}, which it was added to`,
      };
    }
  }
}
