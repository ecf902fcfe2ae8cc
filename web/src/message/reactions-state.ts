import type { Message, Reaction } from '@causerie/client';

/** A kind of reaction as people see it. */
export interface ShownReaction extends Reaction {
  readonly isOwn: boolean;
}

/** The server takes forms of one emoji that differ in how they are drawn for the same. */
export const keyOf = (emoji: string): string => emoji.replaceAll(/[\uFE00-\uFE0F]/g, '').normalize('NFC');

export const hasReaction = (own: readonly string[], key: string): boolean =>
  own.some((emoji) => keyOf(emoji) === key);

/** What was chosen, and is not answered yet, by key: the emoji, and whether it is to be there. */
export type Chosen = ReadonlyMap<string, { readonly emoji: string; readonly isOn: boolean }>;

/** The reactions of a message with what was just chosen. */
export function shownReactions(
  { reactions = [] }: Pick<Message, 'reactions'>,
  own: readonly string[],
  chosen: Chosen,
): ShownReaction[] {
  const shown = reactions.map((reaction): ShownReaction => {
    const key = keyOf(reaction.emoji);
    const wasOwn = hasReaction(own, key);
    const isOwn = chosen.get(key)?.isOn ?? wasOwn;
    return { ...reaction, isOwn, count: reaction.count + Number(isOwn) - Number(wasOwn) };
  });
  const known = new Set(reactions.map(({ emoji }) => keyOf(emoji)));
  const added = [...chosen]
    .filter(([key, { isOn }]) => isOn && !known.has(key))
    .map(([, { emoji }]): ShownReaction => ({ emoji, isOwn: true, count: 1, userIds: [] }));
  return [...shown.filter(({ count }) => count > 0), ...added];
}
