import type { Account } from './account.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';
import type { WireConversation, WireConversationPage, WireDetail, WireHead } from './wire.ts';

/** What a client is told of its conversations besides their messages: their ends, and how far it has read. */
export class Overview {
  private readonly client: number;
  private readonly account: Account;
  private readonly recorder: Recorder;
  private readonly random: Random;

  constructor(client: number, account: Account, recorder: Recorder, random: Random) {
    this.client = client;
    this.account = account;
    this.recorder = recorder;
    this.random = random;
  }

  /** Reads its list of conversations to the end; answers their ids as listed. */
  async list(): Promise<string[]> {
    const limit = this.random.pick([2, 5, 20, 100]);
    const found: WireConversation[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const begun = this.recorder.tick();
      const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: WireConversationPage = await this.get(`/chat/conversations?limit=${limit}${more}`);
      for (const conversation of page.data) this.note('the list', conversation, begun);
      const inOrder = page.data.every(
        ({ updatedAt }, place) => updatedAt <= (page.data[place - 1]?.updatedAt ?? updatedAt),
      );
      if (!inOrder || page.data.length > limit) this.odd('a page of conversations is not in order');
      found.push(...page.data);
      cursor = page.nextCursor;
    }
    return found.map(({ id }) => id);
  }

  /** Reads one conversation. */
  async detail(id: string): Promise<WireDetail> {
    const begun = this.recorder.tick();
    const detail: WireDetail = await this.get(`/chat/conversations/${id}`);
    this.note('its page', detail, begun);
    return detail;
  }

  /** @param begun the tick at which it was asked for; 0 when it was not */
  note(how: string, told: WireConversation, begun = 0): void {
    const { id, lastSeq, lastMessage, me } = told;
    if (lastMessage) this.recorder.see(lastMessage);
    if ((lastMessage?.seq ?? 0) !== lastSeq)
      this.odd(
        `${how} shows message ${lastMessage?.seq} as the last of conversation ${id}, which ends at ${lastSeq}`,
      );
    this.noteHead(how, { ...told, ...me, conversationId: id }, begun);
  }

  noteHead(how: string, head: WireHead & { readonly lastReadSeq?: number }, begun: number): void {
    const conversation = this.recorder.conversation(head.conversationId);
    // One of an earlier round, or one whose creation is not answered yet.
    if (conversation === undefined) return;
    const { lastSeq, rev, lastReadSeq = -1, unreadCount = -1 } = head;
    const ended = this.recorder.tick();
    const { client } = this;
    this.recorder.heads.push({
      client,
      conversation,
      how,
      begun,
      ended,
      lastSeq,
      rev,
      lastReadSeq,
      unreadCount,
    });
  }

  private async get<T>(path: string): Promise<T> {
    const { status, body } = await this.account.settle('GET', path);
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
    return body as T;
  }

  private odd(text: string): void {
    this.recorder.oddities.push(`${this.account.name}: ${text}`);
  }
}
