import type {
  ChangesDto,
  SeveralChangesDto,
} from '../../../src/arch/modules/chat/interface/http/dto/changes.dto.js';
import type { ConversationDto } from '../../../src/arch/modules/chat/interface/http/dto/conversation.dto.js';
import { callApi } from '../api.js';
import { rounds } from '../rounds.js';
import type { TestUser } from '../test-server.js';
import { TestSocket } from '../test-socket.js';
import { SEVERAL_MAX } from '../../../src/arch/modules/chat/domain/models/timeline-event.model.js';
import { ConversationFold, type PageOfChanges } from './conversation-fold.js';
import type { OwnBeside } from './own-reactions-fold.js';
import { readConversation, readMembers, threadsOf } from './read-conversation.js';

interface Emitted {
  readonly name: string;
  readonly payload: unknown;
}
/** What reaches the client of an event that has arrived: nothing, itself, itself twice, or also earlier ones. */
export type Way = (event: Emitted) => readonly Emitted[];

/**
 * A client that folds the conversations of one account, and the threads that it sees in them, one event after another, over a
 * socket that may be faulty.
 */
export class FoldingClient {
  readonly folds = new Map<string, ConversationFold>();
  /** How often a gap was found. */
  gaps = 0;
  private socket: TestSocket | undefined;
  private epoch = '';
  private afterNext = (): void => undefined;
  private last: Promise<void> = Promise.resolve();

  constructor(
    readonly url: string,
    readonly user: TestUser,
    private readonly way: Way = (event) => [event],
    /** `limit` of `changes`. */
    private readonly pageSize = () => 100,
    private readonly Fold = ConversationFold,
  ) {}

  /** Connects, also anew, and reads what it has missed. */
  connect(): Promise<void> {
    return this.enqueue(async () => {
      this.close();
      this.socket = await TestSocket.connect(this.url, this.user.token);
      this.socket.client.onAny((name: string, payload: unknown) => {
        for (const event of this.way({ name, payload })) void this.enqueue(() => this.receive(event));
      });
      await this.readAll();
    });
  }

  /** Resolves when everything that was emitted to the socket before has been folded. */
  async settle(): Promise<void> {
    await this.socket?.settle();
    await this.last;
  }

  /** Resolves when `isSo` holds, after an event or at once, or when it does not within fifteen seconds. */
  async until(isSo: () => boolean): Promise<void> {
    const { promise: timeout, resolve: end } = Promise.withResolvers<'ended'>();
    const timer = setTimeout(() => end('ended'), 15_000);
    for (const _ of rounds(100_000)) {
      const next = new Promise<'next'>((resolve) => (this.afterNext = () => resolve('next')));
      if (isSo() || (await Promise.race([next, timeout])) === 'ended') break;
    }
    clearTimeout(timer);
  }

  close(): void {
    this.socket?.close();
  }

  emit(event: string, payload: unknown): Promise<unknown> | undefined {
    return this.socket?.emit(event, payload);
  }

  readonly get = (path: string): Promise<unknown> => this.request('GET', path);

  private async request(method: string, path: string, sent?: object): Promise<unknown> {
    const options = { token: this.user.token, ...(sent && { body: sent }) };
    const { status, body } = await callApi(this.url, method, path, options);
    // Whose account is deleted meanwhile reads nothing more, and is compared with nothing.
    if (status === 403 || status === 404 || body.code === 'SESSION_REVOKED') return null;
    if (status !== 200) throw new Error(`${method} ${path} is answered ${status} ${body.code}.`);
    return body;
  }

  private enqueue(work: () => Promise<void>): Promise<void> {
    this.last = this.last.then(work).then(() => this.afterNext());
    return this.last;
  }

  private async receive({ name, payload }: Emitted): Promise<void> {
    const {
      id = '',
      conversationId = id,
      ...about
    } = payload as Record<string, string> & {
      readonly me?: ConversationDto['me'];
      readonly own?: OwnBeside;
      readonly lastReadSeq: unknown;
    };
    if (name === 'conversation_added') return this.open(id);
    if (name === 'conversation_removed') return this.forget(conversationId);
    const fold = this.folds.get(conversationId);
    if (!fold) return;
    if (name === 'me_updated') {
      // Of a membership that this client does not know of: it may see more of the history, or less.
      if (about.me && about.me.joinedAt > fold.conversation.me.joinedAt) return this.open(conversationId);
      if (about.own) fold.applyOwn(about.own);
      if (about.me) fold.applyMe(about.me);
      return this.openThreads(fold);
    }
    if (name === 'message_read') return fold.applyRead(about['userId'] ?? '', Number(about.lastReadSeq));
    if (fold.applyEvent(name, payload) === 'gap') {
      this.gaps += 1;
      await this.catchUp(conversationId, fold);
    } else if (name === 'message_updated') await this.openThreads(fold);
  }

  /** Whose account is deleted meanwhile is disconnected, and joins nothing more. */
  private async join(conversationId: string) {
    const { socket } = this;
    return socket?.emit('join_room', { conversationId }).catch((error: unknown) => {
      if (socket.client.connected) throw error;
      return undefined;
    });
  }

  /** Joins first, then reads: what has changed in between is read, or arrives, or shows a gap later. */
  private async open(conversationId: string): Promise<void> {
    this.forget(conversationId);
    const { ok, data } = (await this.join(conversationId)) ?? { ok: false };
    const read = ok && (await readConversation(this.get, conversationId));
    if (!read) return;
    this.epoch = data?.epoch ?? this.epoch;
    const fold = new this.Fold(read, read.conversation.rev, this.user.id);
    this.folds.set(conversationId, fold);
    await this.openThreads(fold);
  }

  /** With the threads that have begun in it. */
  private forget(conversationId: string): void {
    for (const [id, { conversation }] of this.folds)
      if (id === conversationId || conversation.parent?.conversationId === conversationId)
        this.folds.delete(id);
  }

  /** Those of messages that are seen, and no other ones. */
  private async openThreads(fold: ConversationFold): Promise<void> {
    const seen = new Set(threadsOf(fold));
    for (const [id, { conversation }] of this.folds)
      if (conversation.parent?.conversationId === fold.conversation.id && !seen.has(id))
        this.folds.delete(id);
    for (const id of seen) if (!this.folds.has(id)) await this.open(id);
  }

  private async catchUp(id: string, fold: ConversationFold): Promise<void> {
    for (const _ of rounds(100_000)) {
      const query = `since=${fold.rev}&epoch=${this.epoch}&events=true&limit=${this.pageSize()}`;
      const page = (await this.get(`/chat/conversations/${id}/changes?${query}`)) as ChangesDto | null;
      if (!page) return this.forget(id);
      await this.applyPage(id, fold, page);
      if (!page.hasMore || this.folds.get(id) !== fold) return;
    }
  }

  private async applyPage(id: string, fold: ConversationFold, page: PageOfChanges): Promise<void> {
    // Another membership may see more of the history, or less.
    if (page.conversation.me.joinedAt !== fold.conversation.me.joinedAt) return this.open(id);
    fold.applyPage(page);
    const members = page.membersTruncated && (await readMembers(this.get, id));
    if (members) fold.replaceMembers(members);
    if (!page.hasMore) await this.openThreads(fold);
  }

  private async readAll(): Promise<void> {
    const { data } = (await this.get('/chat/conversations?limit=100')) as { data: readonly { id: string }[] };
    const ids = new Set(data.map(({ id }) => id));
    for (const { conversation } of this.folds.values())
      if (!ids.has(conversation.parent?.conversationId ?? conversation.id))
        this.folds.delete(conversation.id);
    const threadIds = [...this.folds.keys()].filter((id) => !ids.has(id));
    for (const id of [...ids, ...threadIds]) {
      if (this.folds.has(id)) await this.join(id);
      else if (ids.has(id)) await this.open(id);
    }
    await this.catchUpTogether();
  }

  /** What was missed in all conversations, and in their threads. */
  private async catchUpTogether(): Promise<void> {
    let behind = [...this.folds.keys()];
    for (const _ of rounds(100_000)) {
      const asked = behind.filter((id) => this.folds.has(id)).slice(0, SEVERAL_MAX);
      if (asked.length === 0) return;
      behind = behind.slice(asked.length);
      const since = Object.fromEntries(asked.map((id) => [id, this.folds.get(id)?.rev]));
      const answer = await this.request('POST', '/chat/changes', { since, epoch: this.epoch });
      for (const one of (answer as SeveralChangesDto | null)?.data ?? []) {
        if ('code' in one) throw new Error(`${one.id} is behind what was known of it.`);
        if ('gone' in one) this.forget(one.id);
        const fold = this.folds.get(one.id);
        if (fold && 'data' in one) await this.applyPage(one.id, fold, one);
        if ('hasMore' in one && one.hasMore) behind.push(one.id);
      }
    }
  }
}
