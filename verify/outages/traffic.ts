import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Conversation } from './stage.ts';

/** Milliseconds between two messages of a conversation. */
const SEND_INTERVAL = 4_000;
/** Maximum attempts of a message. */
const MAX_ATTEMPTS = 200;
/** Maximum milliseconds of the exponential backoff; a longer `Retry-After` is respected. */
const MAX_BACKOFF = 8_000;

export interface Acknowledged {
  readonly conversation: string;
  readonly id: string;
  /** Time of the first attempt and of the acknowledgement, in milliseconds of `performance.now()`. */
  readonly sent: number;
  readonly answered: number;
}

/** Sends messages to all conversations, and records the answers. */
export class Traffic {
  readonly acknowledged: Acknowledged[] = [];
  /** Number of other answers, by code. */
  readonly refused = new Map<string, number>();
  private readonly open = new Set<Promise<void>>();
  private readonly conversations: readonly Conversation[];
  private readonly ended = new AbortController();

  constructor(conversations: readonly Conversation[]) {
    this.conversations = conversations;
  }

  /** Starts to send one message after another to each conversation, until `end`. */
  begin(): void {
    for (const [index, conversation] of this.conversations.entries())
      this.track(this.sendUntilEnd(conversation, index));
  }

  /** Sends additional messages to each conversation at once. */
  sendBurst(perConversation: number): void {
    for (let count = 0; count < perConversation; count += 1) {
      for (const [index, conversation] of this.conversations.entries())
        this.track(this.sendMessage(conversation, index));
    }
  }

  /** Stops sending new messages. Resolves when the last one is acknowledged. */
  async end(): Promise<void> {
    this.ended.abort();
    await Promise.all(this.open);
  }

  private track(work: Promise<void>): void {
    const done: Promise<void> = work.finally(() => this.open.delete(done));
    this.open.add(done);
  }

  private async sendUntilEnd(conversation: Conversation, index: number): Promise<void> {
    const { signal } = this.ended;
    await this.pause((SEND_INTERVAL * index) / this.conversations.length);
    while (!signal.aborted) {
      await this.sendMessage(conversation, index);
      await this.pause(SEND_INTERVAL);
    }
  }

  private async pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.ended.signal }).catch(() => undefined);
  }

  /** Sends a message and retries it with exponential backoff, respecting `Retry-After`, as a good client does. */
  private async sendMessage({ id, sender }: Conversation, index: number): Promise<void> {
    const message = {
      conversationId: id,
      content: 'What I always wanted to tell you. '.repeat(4),
      clientMessageId: randomUUID(),
    };
    const sent = performance.now();
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const answer = await sender.send(message, index % 10 === 0 ? 'http' : 'socket');
      const answered = performance.now();
      if (answer.ok) {
        this.acknowledged.push({ conversation: id, id: answer.id, sent, answered });
        return;
      }
      this.refused.set(answer.code, (this.refused.get(answer.code) ?? 0) + 1);
      await delay(
        Math.max(answer.again, Math.min(1_000 * 2 ** attempt, MAX_BACKOFF)) * (1 + Math.random() / 4),
      );
    }
  }
}
