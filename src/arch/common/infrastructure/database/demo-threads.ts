import { DemoMessages, type Moment } from './demo-messages.js';
import type { conversations, messages, threadFollowers } from './schema.js';

/** The rows of a conversation's threads. */
export interface DemoThreadRows {
  readonly threads: readonly (typeof conversations.$inferInsert)[];
  readonly replies: readonly (typeof messages.$inferInsert)[];
  readonly followers: readonly (typeof threadFollowers.$inferInsert)[];
}

interface Thread {
  readonly id: string;
  readonly rootSeq: number;
  readonly opened: Moment;
  readonly messages: DemoMessages;
  readonly followers: Map<string, typeof threadFollowers.$inferInsert>;
}

/** The threads of a story, each named by the `seq` of its message. */
export class DemoThreads {
  private readonly threads = new Map<number, Thread>();

  constructor(private readonly parentId: string) {}

  open(opened: Moment, id: string, rootSeq: number): void {
    this.threads.set(rootSeq, { id, rootSeq, opened, messages: new DemoMessages(id), followers: new Map() });
  }

  /** Who replies follows, and so does the author of the root. */
  reply({ by, at }: Moment, rootSeq: number, says: string, authorId: string): void {
    const thread = this.threads.get(rootSeq);
    if (!thread) throw new Error(`There is no thread at message ${rootSeq}.`);
    const { id: threadId, messages, followers } = thread;
    const lastReadSeq = messages.count;
    messages.say({ rev: messages.count + 1, by, at }, { says });
    for (const userId of [by, authorId]) {
      if (followers.has(userId)) continue;
      followers.set(userId, { threadId, parentId: this.parentId, userId, lastReadSeq, followedAt: at });
    }
  }

  rows(): DemoThreadRows {
    const threads = [...this.threads.values()];
    return {
      threads: threads.map((thread) => this.rowOf(thread)),
      replies: threads.flatMap(({ messages }) => messages.rows().messages),
      followers: threads.flatMap(({ followers }) => [...followers.values()]),
    };
  }

  private rowOf({ id, rootSeq, opened, messages }: Thread): typeof conversations.$inferInsert {
    return {
      id,
      type: 'thread',
      parentId: this.parentId,
      rootSeq,
      createdBy: opened.by,
      createdAt: opened.at,
      updatedAt: messages.last?.createdAt ?? opened.at,
      lastSeq: messages.count,
      rev: messages.count,
      memberCount: 0,
    };
  }
}
