import { createHash } from 'node:crypto';
import type { DemoStep, DemoStory } from '../../domain/demo-story.js';
import type { conversationChanges, conversationMembers, conversations, messages } from './schema.js';

/** The rows of a conversation. */
export interface DemoRows {
  readonly conversation: typeof conversations.$inferInsert;
  readonly members: readonly (typeof conversationMembers.$inferInsert)[];
  readonly messages: readonly (typeof messages.$inferInsert)[];
  readonly changes: readonly (typeof conversationChanges.$inferInsert)[];
}

type Member = typeof conversationMembers.$inferInsert;
type Settings = Pick<DemoRows['conversation'], 'title' | 'posting'>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export function contentSha256(content: string): Buffer {
  return createHash('sha256').update(content).digest();
}

/**
 * @param idOf the account with an address
 * @param before the creation of the demo's first conversation, than which the story is older
 */
export function demoRows(story: DemoStory, idOf: (email: string) => string, before: Date): DemoRows {
  const start = before.getTime() - story.hoursBefore * HOUR;
  return new Played(story, idOf, start).rows();
}

/** A story as far as its steps have been played. */
class Played {
  private readonly members = new Map<string, Member>();
  private readonly messages: (typeof messages.$inferInsert)[] = [];
  private readonly changes: (typeof conversationChanges.$inferInsert)[] = [];
  private settings: Settings;
  private membersRev = 0;
  private now: Date;

  constructor(
    private readonly story: DemoStory,
    private readonly idOf: (email: string) => string,
    private readonly start: number,
  ) {
    this.now = new Date(start);
    const isDirect = 'directWith' in story;
    this.settings = isDirect ? {} : { title: story.title };
    this.join(story.createdBy, isDirect ? 'member' : 'owner');
    for (const email of isDirect ? [story.directWith] : story.members) this.join(email, 'member');
    story.steps.forEach((step, index) => {
      this.now = new Date(start + (index + 1) * MINUTE);
      this.play(step);
    });
  }

  rows(): DemoRows {
    const [low, high] =
      'directWith' in this.story
        ? [this.story.createdBy, this.story.directWith].map(this.idOf).toSorted()
        : [];
    return {
      conversation: {
        id: this.story.id,
        createdBy: this.idOf(this.story.createdBy),
        ...this.settings,
        ...(low !== undefined && { type: 'direct', directLow: low, directHigh: high }),
        createdAt: new Date(this.start),
        updatedAt: this.messages.at(-1)?.createdAt ?? new Date(this.start),
        lastSeq: this.messages.length,
        rev: this.rev,
        membersRev: this.membersRev,
        memberCount: this.members.size,
      },
      members: [...this.members.values()],
      messages: this.messages,
      changes: this.changes,
    };
  }

  private get rev(): number {
    return this.messages.length + this.changes.length;
  }

  private play(step: DemoStep): void {
    if ('says' in step) this.say(step.by, step.says);
    else if ('sets' in step) this.set(step.by, step.sets);
    else if ('adds' in step) {
      this.join(step.adds, 'member');
      this.log(step.by, 'member_added', step.adds, { id: this.idOf(step.adds), role: 'member' });
    } else if ('makesAdmin' in step) {
      this.join(step.makesAdmin, 'admin');
      this.log(step.by, 'member_updated', step.makesAdmin, { id: this.idOf(step.makesAdmin), role: 'admin' });
    } else {
      this.members.delete(step.by);
      this.log(step.by, 'member_removed', step.by, { reason: 'left' });
    }
  }

  /** Adds the member, with everything read, or changes the role of one. */
  private join(email: string, role: NonNullable<Member['role']>): void {
    const added = {
      conversationId: this.story.id,
      userId: this.idOf(email),
      joinedAt: this.now,
      lastReadSeq: this.messages.length,
    };
    this.members.set(email, { ...(this.members.get(email) ?? added), role });
  }

  /** Who says something has read everything up to it. */
  private say(by: string, content: string): void {
    const seq = this.messages.length + 1;
    const sender = this.members.get(by);
    if (sender) this.members.set(by, { ...sender, lastReadSeq: seq });
    this.messages.push({
      id: `${this.story.id.slice(0, -4)}${this.story.id.slice(-2)}${seq.toString(16).padStart(2, '0')}`,
      conversationId: this.story.id,
      senderId: this.idOf(by),
      content,
      createdAt: this.now,
      seq,
      rev: this.rev + 1,
      contentSha256: contentSha256(content),
    });
  }

  private set(by: string, changed: Settings): void {
    this.settings = { ...this.settings, ...changed };
    this.log(by, 'conversation_updated', null, changed);
  }

  private log(by: string, kind: string, subject: string | null, data: object): void {
    const rev = this.rev + 1;
    this.changes.push({
      conversationId: this.story.id,
      rev,
      kind,
      actorId: this.idOf(by),
      subjectId: subject === null ? null : this.idOf(subject),
      afterSeq: this.messages.length,
      data,
      createdAt: this.now,
    });
    if (subject !== null) this.membersRev = rev;
  }
}
