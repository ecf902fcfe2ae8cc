import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Conversation } from './stage.ts';

/** Milliseconds between two messages of a conversation while nothing is wrong. */
const EVERY = 4_000;
/** Attempts after which a client gives a message up. */
const PATIENCE = 200;
/** Milliseconds that a client waits in the end when it is not told to wait longer. */
const LONGEST = 8_000;

export interface Acknowledged {
  readonly conversation: string;
  readonly id: string;
  /** When it was sent for the first time, and when it was answered, in milliseconds since the process began. */
  readonly sent: number;
  readonly answered: number;
}

/** What those who send are told. */
export class Traffic {
  readonly acknowledged: Acknowledged[] = [];
  /** How often what else was answered. */
  readonly refused = new Map<string, number>();
  private readonly open = new Set<Promise<void>>();
  private readonly conversations: readonly Conversation[];
  private readonly ended = new AbortController();

  constructor(conversations: readonly Conversation[]) {
    this.conversations = conversations;
  }

  /** One message after another in each conversation, until `end`. */
  begin(): void {
    for (const [index, conversation] of this.conversations.entries())
      this.track(this.talk(conversation, index));
  }

  /** Messages to each conversation at once, besides. */
  burst(of: number): void {
    for (let count = 0; count < of; count += 1) {
      for (const [index, conversation] of this.conversations.entries())
        this.track(this.say(conversation, index));
    }
  }

  /** Nobody begins another message; resolves when the last one is answered. */
  async end(): Promise<void> {
    this.ended.abort();
    await Promise.all(this.open);
  }

  private track(work: Promise<void>): void {
    const done: Promise<void> = work.finally(() => this.open.delete(done));
    this.open.add(done);
  }

  private async talk(conversation: Conversation, index: number): Promise<void> {
    const { signal } = this.ended;
    await this.pause((EVERY * index) / this.conversations.length);
    while (!signal.aborted) {
      await this.say(conversation, index);
      await this.pause(EVERY);
    }
  }

  private async pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.ended.signal }).catch(() => undefined);
  }

  /** As a good client: it repeats the same message, waits longer each time, and never less than it is told. */
  private async say({ id, sender }: Conversation, index: number): Promise<void> {
    const message = {
      conversationId: id,
      content: 'What I always wanted to tell you. '.repeat(4),
      clientMessageId: randomUUID(),
    };
    const sent = performance.now();
    for (let attempt = 0; attempt < PATIENCE; attempt += 1) {
      const answer = await sender.send(message, index % 10 === 0 ? 'http' : 'socket');
      const answered = performance.now();
      if (answer.ok) {
        this.acknowledged.push({ conversation: id, id: answer.id, sent, answered });
        return;
      }
      this.refused.set(answer.code, (this.refused.get(answer.code) ?? 0) + 1);
      await delay(Math.max(answer.again, Math.min(1_000 * 2 ** attempt, LONGEST)) * (1 + Math.random() / 4));
    }
  }
}
