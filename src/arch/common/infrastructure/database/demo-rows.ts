import type { DemoSaying, DemoStep, DemoStory } from '../../domain/demo-story.js';
import { type DemoMessageRows, DemoMessages, type Moment } from './demo-messages.js';
import { type DemoThreadRows, DemoThreads } from './demo-threads.js';
import type { conversationChanges, conversationMembers, conversations } from './schema.js';

/** The rows of a conversation. */
export interface DemoRows extends DemoMessageRows, DemoThreadRows {
  readonly conversation: typeof conversations.$inferInsert;
  readonly members: readonly (typeof conversationMembers.$inferInsert)[];
  readonly changes: readonly (typeof conversationChanges.$inferInsert)[];
}

type Member = typeof conversationMembers.$inferInsert;
type Settings = Pick<DemoRows['conversation'], 'title' | 'posting'>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

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
  private readonly messages: DemoMessages;
  private readonly threads: DemoThreads;
  private readonly changes: (typeof conversationChanges.$inferInsert)[] = [];
  private settings: Settings;
  private membersRev = 0;
  private rev = 0;
  private now: Date;

  constructor(
    private readonly story: DemoStory,
    private readonly idOf: (email: string) => string,
    private readonly start: number,
  ) {
    this.now = new Date(start);
    this.messages = new DemoMessages(story.id);
    this.threads = new DemoThreads(story.id);
    const isDirect = 'directWith' in story;
    this.settings = isDirect ? {} : { title: story.title };
    this.join(story.createdBy, isDirect ? 'member' : 'owner');
    for (const email of isDirect ? [story.directWith] : story.members) this.join(email, 'member');
    for (const step of story.steps) {
      this.now = new Date(this.now.getTime() + (step.after ?? 1) * MINUTE);
      this.play(step);
    }
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
        updatedAt: this.messages.last?.createdAt ?? new Date(this.start),
        lastSeq: this.messages.count,
        rev: this.rev,
        membersRev: this.membersRev,
        memberCount: this.members.size,
      },
      members: [...this.members.values()],
      changes: this.changes,
      ...this.messages.rows(),
      ...this.threads.rows(),
    };
  }

  /** Every step is one change. */
  private play(step: DemoStep): void {
    this.rev += 1;
    const moment: Moment = { rev: this.rev, by: this.idOf(step.by), at: this.now };
    if ('says' in step) this.say(moment, step);
    else if ('edits' in step) this.messages.edit(moment, step.edits, step.to);
    else if ('deletes' in step) this.messages.delete(moment, step.deletes);
    else if ('pins' in step) this.messages.pin(moment, step.pins);
    else if ('reacts' in step) this.messages.react(moment, step.on, step.reacts);
    else if ('opensThread' in step) {
      this.threads.open(moment, step.opensThread, step.at);
      this.messages.openThread(moment, step.at, step.opensThread);
    } else if ('replies' in step) {
      this.threads.reply(moment, step.inThreadAt, step.replies, this.messages.senderOf(step.inThreadAt));
      this.messages.moveRoot(moment, step.inThreadAt);
    } else if ('sets' in step) this.set(step.by, step.sets);
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
      lastReadSeq: this.messages.count,
    };
    this.members.set(email, { ...(this.members.get(email) ?? added), role });
  }

  /** Who says something has read everything up to it. */
  private say(moment: Moment, step: DemoSaying & { readonly by: string }): void {
    this.messages.say(moment, { ...step, mentions: step.mentions?.map(this.idOf) ?? [] });
    const sender = this.members.get(step.by);
    if (sender) this.members.set(step.by, { ...sender, lastReadSeq: this.messages.count });
  }

  private set(by: string, changed: Settings): void {
    this.settings = { ...this.settings, ...changed };
    this.log(by, 'conversation_updated', null, changed);
  }

  private log(by: string, kind: string, subject: string | null, data: object): void {
    this.changes.push({
      conversationId: this.story.id,
      rev: this.rev,
      kind,
      actorId: this.idOf(by),
      subjectId: subject === null ? null : this.idOf(subject),
      afterSeq: this.messages.count,
      data,
      createdAt: this.now,
    });
    if (subject !== null) this.membersRev = this.rev;
  }
}
