import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { Message } from '@causerie/client';
import type { Account } from '../account.ts';
import type { Conversation } from '../history.ts';
import type { Random } from '../random.ts';
import type { OpenAttempt, OpenSend, Recorder } from '../recorder.ts';
import type { KeptClient } from './kept-client.ts';
import { until } from './until.ts';

/** A message of which the client that was to send it has told nothing. */
interface Untold {
  readonly attempt: OpenAttempt;
  readonly clientMessageId: string;
}

/**
 * Sends messages with `conversation.send`. Each is one attempt on one connection, however often the library repeats it and
 * connects anew: the order of the calls is that of the messages.
 */
export class LibrarySender {
  private readonly client: number;
  private readonly account: Account;
  private readonly kept: KeptClient;
  private readonly conversations: readonly Conversation[];
  private readonly recorder: Recorder;
  private readonly random: Random;
  private readonly untold: Untold[] = [];

  constructor(
    client: number,
    account: Account,
    kept: KeptClient,
    conversations: readonly Conversation[],
    recorder: Recorder,
    random: Random,
  ) {
    this.client = client;
    this.account = account;
    this.kept = kept;
    this.conversations = conversations;
    this.recorder = recorder;
    this.random = random;
  }

  /** Sends a message. Resolves when it is acknowledged, when it was refused, or when its client is closed. */
  async send(conversation: number): Promise<void> {
    const { kept, recorder } = this;
    const { counts } = this.account.api;
    const send = this.createSend(conversation);
    const attempt = recorder.addAttempt(send, -1 - this.client);
    counts.attempts += 1;
    const { content, clientMessageId } = send;
    const { id = '' } = this.conversations[conversation] ?? {};
    const { outbox } = kept.current;
    const { settled } = kept.current.conversation(id).send({ content, clientMessageId });
    // Whatever leaves the outbox is settled at the same time.
    const left = until(outbox, (rows) => rows.every((row) => row.clientMessageId !== clientMessageId));
    const outcome = await Promise.race([
      settled.catch((error: unknown) => `${clientMessageId} was not sent: ${String(error)}`),
      // What a closed client says of it later is of no interest: the next one sends it.
      kept.whenClosed,
      left.then(() => turn()),
    ]);
    if (typeof outcome === 'string') this.differ(outcome);
    if (typeof outcome === 'object') this.acknowledge(attempt, outcome);
    else this.untold.push({ attempt, clientMessageId });
  }

  /**
   * Messages whose client was closed, or told nothing, must be stored, too.
   * @param own all messages that were received
   * @returns what is lost
   */
  settle(own: ReadonlyMap<string, Message>): readonly string[] {
    for (const { attempt, clientMessageId } of this.untold) {
      const message = own.get(clientMessageId);
      if (message && attempt.message === -1) this.acknowledge(attempt, message);
    }
    const lost = this.untold.filter(({ attempt }) => attempt.message === -1);
    return lost.map(({ clientMessageId }) => `${clientMessageId} was given to send, and is not stored`);
  }

  private createSend(conversation: number): OpenSend & { readonly clientMessageId: string } {
    const clientMessageId = randomUUID();
    const content = `${clientMessageId}${' …'.repeat(this.random.integer(0, 20))}`;
    const send = { sender: this.client, conversation, clientMessageId, content, attempts: [] };
    this.recorder.sends.push(send);
    this.account.api.counts.sends += 1;
    return send;
  }

  private acknowledge(attempt: OpenAttempt, message: Message): void {
    this.account.api.counts.acknowledged += 1;
    this.recorder.recordAck(attempt, 'stored', message);
  }

  private differ(text: string): void {
    this.recorder.differences.push(`${this.account.name}: ${text}`);
  }
}
