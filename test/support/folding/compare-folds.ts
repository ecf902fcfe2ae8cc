import { isDeepStrictEqual } from 'node:util';
import type { ConversationState } from './conversation-fold.js';
import type { FoldingClient } from './folding-client.js';
import { type Get, readConversation, threadsOf } from './read-conversation.js';
import { withoutExcerpt } from './shown-messages.js';

/** The conversations of a client, by id: as it has folded them, and as a fresh reader sees them. */
export interface Comparison {
  readonly folded: Readonly<Record<string, unknown>>;
  readonly fresh: Readonly<Record<string, unknown>>;
}

const sorted = <Row>(rows: readonly Row[], key: keyof Row): Row[] =>
  rows.toSorted((a, b) => (String(a[key]) < String(b[key]) ? -1 : 1));

/**
 * What has to be equal. No event tells that a name or a picture has changed. Read positions of others are lower bounds:
 * their events may be lost.
 */
const comparable = ({ conversation, members, messages, own }: ConversationState) => ({
  conversation: {
    ...conversation,
    me: null,
    direct: conversation.direct?.user.id,
    lastMessage: conversation.lastMessage && {
      ...withoutExcerpt(conversation.lastMessage, messages),
      sender: null,
    },
  },
  members: sorted(
    [...members.values()].map((member) => ({ ...member, lastReadSeq: null })),
    'userId',
  ),
  messages: sorted(
    [...messages.values()].map((message) => ({ ...withoutExcerpt(message, messages), sender: null })),
    'id',
  ),
  own: sorted(
    [...own].filter(([id]) => messages.has(id)).map(([id, emojis]) => ({ id, emojis: emojis.toSorted() })),
    'id',
  ),
});

/**
 * Of a thread: its members, and what they may, are the parent's, and whether the reader follows it is in no message. Nothing
 * in a thread is hidden from whoever sees it.
 */
const comparableThread = (state: ConversationState) => {
  const { conversation, messages, own } = comparable(state);
  const { id, parent, lastSeq, rev, updatedAt, lastMessage } = conversation;
  return { conversation: { id, parent, lastSeq, rev, updatedAt, lastMessage }, messages, own };
};

/** A client learns of a role by the event of the room, which does not have the version that comes with it. */
const ownOf = ({ conversation: { me } }: ConversationState) => ({ ...me, version: null });

/** A client that has only folded events is not told of the last changes, when they are hidden from it. */
const withoutHiddenRevs = (view: ReturnType<typeof comparable>, { conversation }: ConversationState) =>
  conversation.me.visibleFromSeq === undefined
    ? view
    : { ...view, conversation: { ...view.conversation, rev: null } };

/**
 * @param isLive whether the client has only folded events: then it waits for the last ones, such as `me_updated`, which is
 * emitted at most once a second, and its version is not compared
 */
export async function compareFolds(client: FoldingClient, isLive: boolean): Promise<Comparison> {
  await client.settle();
  const fresh = await readAll(client.get);
  const toView = (state: ConversationState) =>
    isThread(state)
      ? comparableThread(state)
      : {
          ...(isLive ? withoutHiddenRevs(comparable(state), state) : comparable(state)),
          me: isLive ? ownOf(state) : state.conversation.me,
          ahead: membersAhead(state, fresh.get(state.conversation.id)),
        };
  const toViews = (states: Iterable<readonly [string, ConversationState]>) =>
    Object.fromEntries([...states].map(([id, state]) => [id, toView(state)]));
  const read = toViews(fresh);
  // What a request has changed may be emitted after its answer; an update of `me` may end folds, and begin others.
  if (isLive) await client.until(() => isDeepStrictEqual(toViews(client.folds), read));
  return { folded: toViews(client.folds), fresh: read };
}

const isThread = ({ conversation }: ConversationState): boolean => conversation.type === 'thread';

/** The conversations in the list, and the threads that are seen in them. */
async function readAll(get: Get): Promise<ReadonlyMap<string, ConversationState>> {
  const { data } = (await get('/chat/conversations?limit=100')) as {
    readonly data: readonly { readonly id: string }[];
  };
  const read = async (ids: readonly string[]) =>
    (await Promise.all(ids.map((id) => readConversation(get, id)))).flatMap((state) => state ?? []);
  const listed = await read(data.map(({ id }) => id));
  const threads = await read(listed.flatMap(threadsOf));
  return new Map([...listed, ...threads].map((state) => [state.conversation.id, state]));
}

/** The members who have read further than the fresh state shows. */
const membersAhead = ({ members }: ConversationState, fresh?: ConversationState): string[] =>
  [...members.values()]
    .filter(({ userId, lastReadSeq }) => lastReadSeq > (fresh?.members.get(userId)?.lastReadSeq ?? -1))
    .map(({ userId }) => userId);
