import { createHash } from 'node:crypto';
import type { DemoSaying } from '../../domain/demo-story.js';
import type { messageMentions, messagePins, messageReactions, messages, messageVersions } from './schema.js';

type Message = typeof messages.$inferInsert & { id: string };

/** The rows of a conversation's messages. */
export interface DemoMessageRows {
  readonly messages: readonly Message[];
  readonly versions: readonly (typeof messageVersions.$inferInsert)[];
  readonly reactions: readonly (typeof messageReactions.$inferInsert)[];
  readonly mentions: readonly (typeof messageMentions.$inferInsert)[];
  readonly pins: readonly (typeof messagePins.$inferInsert)[];
}

/** A moment of a story: which change it is, by whom, and when. */
export interface Moment {
  readonly rev: number;
  readonly by: string;
  readonly at: Date;
}

export function contentSha256(content: string): Buffer {
  return createHash('sha256').update(content).digest();
}

/** The messages of a story as far as its steps have been played. A message is named by its `seq`, a person by the id. */
export class DemoMessages {
  private readonly messages: Message[] = [];
  private readonly versions: (typeof messageVersions.$inferInsert)[] = [];
  private readonly reactions: (typeof messageReactions.$inferInsert)[] = [];
  private readonly mentions: (typeof messageMentions.$inferInsert)[] = [];

  constructor(private readonly conversationId: string) {}

  get count(): number {
    return this.messages.length;
  }

  get last(): Message | undefined {
    return this.messages.at(-1);
  }

  rows(): DemoMessageRows {
    const { conversationId, messages, versions, reactions, mentions } = this;
    const pins = messages.flatMap(({ seq, pinnedAt }) =>
      pinnedAt ? [{ conversationId, seq, pinnedAt }] : [],
    );
    return { messages, versions, reactions, mentions, pins };
  }

  say({ rev, by, at }: Moment, { says, replyTo, mentions = [] }: DemoSaying): void {
    const { conversationId } = this;
    const seq = this.count + 1;
    this.messages.push({
      id: `${conversationId.slice(0, -4)}${conversationId.slice(-2)}${seq.toString(16).padStart(2, '0')}`,
      conversationId,
      senderId: by,
      content: says,
      createdAt: at,
      seq,
      rev,
      contentSha256: contentSha256(says),
      ...(replyTo !== undefined && { replyToSeq: replyTo }),
      ...(mentions.length > 0 && { mentions: [...mentions] }),
    });
    for (const userId of mentions) this.mentions.push({ conversationId, userId, seq, createdAt: at });
  }

  edit({ rev, at }: Moment, seq: number, to: string): void {
    const { id, content } = this.at(seq);
    const earlier = this.versions.filter(({ messageId }) => messageId === id);
    this.versions.push({ messageId: id, version: earlier.length + 1, content, validUntil: at });
    Object.assign(this.at(seq), { content: to, editedAt: at, rev });
  }

  /** A message that has nothing but its text. */
  delete({ rev, by, at }: Moment, seq: number): void {
    const nothing = { content: '', contentSha256: Buffer.alloc(0) };
    Object.assign(this.at(seq), { ...nothing, deletedAt: at, deletedBy: by, rev });
  }

  pin({ rev, by, at }: Moment, seq: number): void {
    Object.assign(this.at(seq), { pinnedAt: at, pinnedBy: by, rev });
  }

  react({ rev, by, at }: Moment, seq: number, emoji: string): void {
    const { id } = this.at(seq);
    this.reactions.push({ messageId: id, key: emoji, userId: by, emoji, createdAt: at });
    const rows = this.reactions.filter(({ messageId }) => messageId === id);
    const kinds = [...new Set(rows.map((row) => row.emoji))];
    const reactions = kinds.map((kind) => {
      const userIds = rows.filter((row) => row.emoji === kind).map(({ userId }) => userId);
      return { emoji: kind, count: userIds.length, userIds };
    });
    Object.assign(this.at(seq), { reactions, rev });
  }

  openThread({ rev }: Moment, seq: number, threadId: string): void {
    Object.assign(this.at(seq), { threadId, rev });
  }

  /** Each reply in its thread moves a message. */
  moveRoot({ rev }: Moment, seq: number): void {
    Object.assign(this.at(seq), { rev });
  }

  senderOf(seq: number): string {
    return this.at(seq).senderId;
  }

  private at(seq: number): Message {
    const message = this.messages[seq - 1];
    if (!message) throw new Error(`There is no message ${seq}.`);
    return message;
  }
}
