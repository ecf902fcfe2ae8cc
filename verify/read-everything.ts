import type { Account } from './account.ts';
import type { Conversation } from './history.ts';
import { Mirror } from './mirror.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';
import type { WireDetail, WirePage } from './wire.ts';

const PAGE = 100;

/**
 * Reads and records the final state, once all clients have caught up: the stored messages of each conversation, each
 * member's list, a list that is fetched from the start, and the conversation list of each client.
 */
export async function readEverything(
  people: readonly Person[],
  conversations: readonly Conversation[],
  earlier: ReadonlySet<string>,
  recorder: Recorder,
  random: Random,
): Promise<void> {
  await Promise.all(
    conversations.map(async ({ id }, conversation) => {
      const reader = random.pick(
        people.filter((person) => person.lists().some((list) => list.conversation === conversation)),
      );
      const fresh = new Mirror(conversation, id, reader, random.fork());
      await fresh.catchUp();
      const { client } = reader;
      recorder.lists.push({ client, conversation, how: 'read from the start', messages: fresh.messages });
      recorder.stored[conversation] = await readStored(reader.account, id, recorder);
      const { lastSeq, rev, members }: WireDetail = await reader.overview.readConversation(id);
      recorder.ends[conversation] = {
        lastSeq,
        rev,
        members: members.map(({ userId, lastReadSeq }) => ({
          client: recorder.indexOfClient(userId),
          lastReadSeq,
        })),
      };
    }),
  );
  await Promise.all(
    people.map(async (person) => {
      recorder.lists.push(...person.lists());
      const { client } = person;
      const listed = (await person.overview.readList()).filter((id) => !earlier.has(id));
      const known = listed.map((id) => recorder.indexOfConversation(id) ?? -1);
      recorder.conversationLists.push({ client, conversations: known });
    }),
  );
}

async function readStored(account: Account, id: string, recorder: Recorder): Promise<number[]> {
  const newestFirst: number[] = [];
  for (let page = 1; ; page += 1) {
    const path = `/chat/conversations/${id}/messages?page=${page}&limit=${PAGE}`;
    const { status, body } = await account.requestUntilAnswered('GET', path);
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
    const { data } = body as WirePage;
    newestFirst.push(...data.map((message) => recorder.recordMessage(message)));
    if (data.length < PAGE) return newestFirst.toReversed();
  }
}
