import type { MessageDto } from '../../../src/arch/modules/chat/interface/http/dto/message.dto.js';
import type { ReactionDelta } from './folded-change.js';

/** The reader's own reactions beside the messages of an answer: those to messages without any are left out. */
export interface OwnBeside {
  readonly reactions?: Readonly<Record<string, readonly string[]>>;
  /** Of `me_updated`, which has no messages: the `rev` to which each set belongs. */
  readonly revs?: Readonly<Record<string, number>>;
}

interface OwnSet {
  readonly rev: number;
  readonly emojis: readonly string[];
}

/** The own reactions of one account: a set belongs to the `rev` of its message, and a later one replaces it. */
export class OwnReactionsFold {
  protected readonly sets = new Map<string, OwnSet>();

  /** Sets that are not empty, by message. */
  get all(): ReadonlyMap<string, readonly string[]> {
    const sets = [...this.sets].map(([id, { emojis }]) => [id, emojis] as const);
    return new Map(sets.filter(([, emojis]) => emojis.length > 0));
  }

  /** Messages of an answer, and what is beside them. */
  read(messages: readonly MessageDto[], own: OwnBeside = {}): void {
    for (const { id, rev } of messages) this.replace(id, rev, own.reactions?.[id] ?? []);
  }

  /** `own` of `me_updated`. */
  update({ reactions = {}, revs = {} }: OwnBeside): void {
    for (const [id, emojis] of Object.entries(reactions)) this.replace(id, revs[id] ?? 0, emojis);
  }

  /** A live event: its delta, if it is there, is complete. A deleted message has no reactions. */
  follow({ id, rev, deletedAt }: MessageDto, userId: string, delta: readonly ReactionDelta[]): void {
    const before = this.sets.get(id) ?? { rev: 0, emojis: [] };
    if (deletedAt !== null) this.replace(id, rev, []);
    const mine = delta.filter((change) => change.userId === userId);
    if (rev <= before.rev || mine.length === 0) return;
    const emojis = mine.reduce((all, { emoji, added }) => {
      const others = all.filter((one) => one !== emoji);
      return added ? [...others, emoji] : others;
    }, before.emojis);
    this.replace(id, rev, emojis);
  }

  protected replace(id: string, rev: number, emojis: readonly string[]): void {
    if (rev >= (this.sets.get(id)?.rev ?? 0)) this.sets.set(id, { rev, emojis });
  }
}
