import type { Message } from '../contract.ts';
import type { CauserieError } from '../errors/causerie-error.ts';

/** A message to be sent. */
export interface Outgoing {
  readonly content: string;
  /** An id of one's own: sending again with the same one stores no second message. Default: a new one. */
  readonly clientMessageId?: string;
  readonly replyToId?: string;
  readonly mentions?: readonly string[];
  readonly mentionsAll?: true;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** A message that the server has not confirmed yet. */
export interface Pending extends Outgoing {
  readonly clientMessageId: string;
  readonly conversationId: string;
  readonly createdAt: string;
  readonly status: 'queued' | 'sending' | 'failed';
  /** Why it failed, or why it waits. */
  readonly error: CauserieError | null;
  readonly attempts: number;
}

/** What `send` answers: the pending message, and what becomes of it. */
export type Sending = Pending & { readonly settled: Promise<Message> };
