import type { Account } from './account.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';
import type { WireConversation, WireConversationPage, WireDetail, WireHead } from './wire.ts';

/** Reads a client's conversations and records their heads and read positions. */
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

  /** Reads all pages of the list of conversations. @returns their ids, in the order of the list */
  async readList(): Promise<string[]> {
    const limit = this.random.pick([2, 5, 20, 100]);
    const found: WireConversation[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const begun = this.recorder.tick();
      const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: WireConversationPage = await this.get(`/chat/conversations?limit=${limit}${more}`);
      for (const conversation of page.data) this.recordConversation('the list', conversation, begun);
      const inOrder = page.data.every(
        ({ updatedAt }, place) => updatedAt <= (page.data[place - 1]?.updatedAt ?? updatedAt),
      );
      if (!inOrder || page.data.length > limit)
        this.recordUnexpected('a page of conversations is not in order');
      found.push(...page.data);
      cursor = page.nextCursor;
    }
    return found.map(({ id }) => id);
  }

  /** Reads one conversation. */
  async readConversation(id: string): Promise<WireDetail> {
    const begun = this.recorder.tick();
    const detail: WireDetail = await this.get(`/chat/conversations/${id}`);
    this.recordConversation('its page', detail, begun);
    return detail;
  }

  /** Records a conversation that the client received. @param begun tick of the request; 0 for an event */
  recordConversation(how: string, conversation: WireConversation, begun = 0): void {
    const { id, lastSeq, lastMessage, me } = conversation;
    if (lastMessage) this.recorder.recordMessage(lastMessage);
    if ((lastMessage?.seq ?? 0) !== lastSeq)
      this.recordUnexpected(
        `${how} shows message ${lastMessage?.seq} as the last of conversation ${id}, whose lastSeq is ${lastSeq}`,
      );
    this.recordHead(how, { ...conversation, ...me, conversationId: id }, begun);
  }

  recordHead(how: string, head: WireHead & { readonly lastReadSeq?: number }, begun: number): void {
    const conversation = this.recorder.indexOfConversation(head.conversationId);
    // The conversation is of an earlier round, or its creation is not answered yet.
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
    const { status, body } = await this.account.requestUntilAnswered('GET', path);
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
    return body as T;
  }

  private recordUnexpected(text: string): void {
    this.recorder.unexpectedAnswers.push(`${this.account.name}: ${text}`);
  }
}
