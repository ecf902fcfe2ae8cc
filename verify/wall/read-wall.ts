import type { Account } from '../account.ts';
import type {
  WireConversation,
  WireCursorPage,
  WireMessage,
  WireReactionPage,
  WireThreadPage,
  WireTimeline,
  WireWindow,
} from '../wire.ts';
import type { FollowedThread, OwnSet, WallEnd, WallReader } from './wall.ts';
import type { WallRecord } from './wall-record.ts';

const PAGE = 100;
/** No wall has as many messages. */
export const BEHIND_ALL = 1_000_000_000;

/**
 * Reads the state of a wall at the end: its messages, its pins and its reactions as the owner, and what is each person's own.
 * @param unexpected receives descriptions of answers that the contract does not allow
 */
export async function readWall(
  accounts: readonly Account[],
  record: WallRecord,
  unexpected: string[],
): Promise<void> {
  const readers = accounts.map((account, person) => new WallEndReader(account, person, record));
  const [owner] = readers;
  if (!owner) throw new RangeError('a wall has no people');
  try {
    record.end = await owner.readEnd(await Promise.all(readers.map((reader) => reader.readOwn())));
  } catch (error) {
    unexpected.push(`a wall cannot be read: ${String(error)}`);
  }
}

class WallEndReader {
  private readonly account: Account;
  private readonly person: number;
  private readonly record: WallRecord;

  constructor(account: Account, person: number, record: WallRecord) {
    this.account = account;
    this.person = person;
    this.record = record;
  }

  async readEnd(readers: readonly WallReader[]): Promise<WallEnd> {
    const { rev } = await this.get<WireConversation>('');
    const { messages } = await this.readMessages();
    const withReactions = messages.filter(({ reactions = [] }) => reactions.length > 0);
    const reactions: WallEnd['reactions'][number][] = [];
    for (const { id } of withReactions) reactions.push(...(await this.readReactions(id)));
    const pins = await this.readCursorPages(`/chat/conversations/${this.record.id}/pins`);
    return {
      rev,
      states: messages.map((message) => this.record.recordState(message)),
      ...(await this.readChanges()),
      reactions,
      pins: pins.map(({ id }) => id),
      readers,
    };
  }

  async readOwn(): Promise<WallReader> {
    const { me } = await this.get<WireConversation>('');
    const mentions = await this.readCursorPages('/chat/mentions');
    return {
      person: this.person,
      mentions: mentions
        .filter(({ conversationId }) => conversationId === this.record.id)
        .map(({ id }) => id),
      mentionCount: me.mentionCount ?? 0,
      lastReadSeq: me.lastReadSeq,
      unreadCount: me.unreadCount,
      own: (await this.readMessages()).own,
      ...(await this.readThreads()),
    };
  }

  /** Nothing of a thread, which has none. */
  private async readThreads(): Promise<Pick<WallReader, 'threads' | 'unreadThreads' | 'unreadTotal'>> {
    if (this.record.isThread) return { threads: [], unreadThreads: [], unreadTotal: { told: 0, listed: 0 } };
    const all = await this.readFollowed('');
    const unread = await this.readFollowed('unread=true&');
    const total = await this.request<{ readonly threads?: number }>('/chat/unread?exact=true');
    const isHere = ({ thread }: WireThreadPage['data'][number]) =>
      thread.parent.conversationId === this.record.id;
    return {
      threads: all.filter(isHere).map(({ thread, root, me }): FollowedThread => ({
        id: thread.id,
        root: this.record.recordState(root),
        lastSeq: thread.lastSeq,
        lastReadSeq: me?.lastReadSeq ?? -1,
        unreadCount: me?.unreadCount ?? -1,
        mentionCount: me?.mentionCount ?? 0,
      })),
      unreadThreads: unread.filter(isHere).map(({ thread }) => thread.id),
      unreadTotal: { told: total.threads ?? 0, listed: unread.length },
    };
  }

  private async readFollowed(query: string): Promise<WireThreadPage['data']> {
    const rows: WireThreadPage['data'][number][] = [];
    let cursor = '';
    for (;;) {
      const page = await this.request<WireThreadPage>(`/chat/threads?${query}limit=${PAGE}${cursor}`);
      rows.push(...page.data);
      if (page.nextCursor === null) return rows;
      cursor = `&cursor=${page.nextCursor}`;
    }
  }

  /** Through windows, from the newest message back. */
  private async readMessages(): Promise<{ readonly messages: WireMessage[]; readonly own: OwnSet[] }> {
    const messages: WireMessage[] = [];
    const own: OwnSet[] = [];
    let before = BEHIND_ALL;
    for (;;) {
      const page = await this.get<WireWindow>(`/messages/window?before=${before}&limit=${PAGE}`);
      messages.push(...page.data);
      const sets = Object.entries(page.own?.reactions ?? {});
      own.push(...sets.map(([id, emojis]) => ({ id, emojis })));
      const last = page.data.at(-1)?.seq ?? 1;
      if (last === 1) return { messages: messages.toReversed(), own };
      before = last;
    }
  }

  private async readChanges(): Promise<Pick<WallEnd, 'changed' | 'logged'>> {
    const changed: number[] = [];
    const logged: number[] = [];
    let since = 0;
    for (;;) {
      const page = await this.get<WireTimeline>(`/changes?since=${since}&limit=${PAGE}&events=true`);
      changed.push(...page.data.map((message) => this.record.recordState(message)));
      logged.push(...page.events.map(({ rev }) => rev));
      if (!page.hasMore || page.rev <= since) return { changed, logged };
      since = page.rev;
    }
  }

  private async readReactions(id: string): Promise<WallEnd['reactions']> {
    const rows: WallEnd['reactions'][number][] = [];
    let cursor = '';
    for (;;) {
      const page = await this.get<WireReactionPage>(`/messages/${id}/reactions?limit=${PAGE}${cursor}`);
      rows.push(
        ...page.data.map(({ emoji, userId }) => ({ id, emoji, person: this.record.indexOf(userId) })),
      );
      if (page.nextCursor === null) return rows;
      cursor = `&cursor=${page.nextCursor}`;
    }
  }

  private async readCursorPages(path: string): Promise<WireMessage[]> {
    const messages: WireMessage[] = [];
    let cursor = '';
    for (;;) {
      const page = await this.request<WireCursorPage>(`${path}?limit=${PAGE}${cursor}`);
      messages.push(...page.data);
      if (page.nextCursor === null) return messages;
      cursor = `&cursor=${page.nextCursor}`;
    }
  }

  private get<Answer>(path: string): Promise<Answer> {
    return this.request(`/chat/conversations/${this.record.id}${path}`);
  }

  /** Every answer is searched for texts of deleted messages. */
  private async request<Answer>(path: string): Promise<Answer> {
    const begun = this.record.tick();
    const { status, body } = await this.account.requestUntilAnswered('GET', path);
    if (status !== 200) throw new Error(`${this.account.name}: GET ${path}: ${status}`);
    this.record.recordRead(this.person, begun, [], body);
    return body as Answer;
  }
}
