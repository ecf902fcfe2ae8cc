import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** At the end each client's list has each of its conversations once, and each conversation has each member once. */
export function* checkConversationLists(known: StoredHistory): Generator<Violation> {
  const { conversationLists, ends } = known.history;
  for (const { client, conversations } of conversationLists) {
    const name = known.nameOfClient(client);
    for (const [conversation] of known.history.conversations.entries()) {
      const times = conversations.filter((one) => one === conversation).length;
      const wanted = known.isMember(client, conversation) ? 1 : 0;
      if (times !== wanted)
        yield {
          kind: 'conversation-list',
          text: `the list of ${name} has conversation ${conversation} ${times} times`,
        };
    }
    const unknown = conversations.filter((conversation) => conversation === -1).length;
    if (unknown > 0)
      yield {
        kind: 'conversation-doubled',
        text: `${name} has ${unknown} conversations that no client has requested`,
      };
  }
  for (const [conversation, { members }] of ends.entries()) {
    const listed = members.map(({ client }) => client).toSorted((one, other) => one - other);
    const wanted = known.listMembers(conversation).toSorted((one, other) => one - other);
    if (listed.join() !== wanted.join())
      yield {
        kind: 'conversation-list',
        text: `conversation ${conversation} has the members ${listed.join(' ')} instead of ${wanted.join(' ')}`,
      };
  }
}
