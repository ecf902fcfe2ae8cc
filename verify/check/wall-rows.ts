import type { OwnSet, State, Wall, WallEnd, WallReader } from '../wall/wall.ts';
import { nameOfState, statesAt } from './wall-states.ts';
import type { Violation } from './violation.ts';

/** The server counts mentions no further. */
const MENTIONS_MAX = 100;

type Reaction = WallEnd['reactions'][number];

/**
 * What a message shows of its reactions, mentions and pin is what the lists of these say.
 * @param listsMentions whether a person is listed the mentions of this wall: those of a thread only while following it
 */
export function* checkWallRows(
  wall: Wall,
  end: WallEnd,
  listsMentions: (person: number) => boolean,
): Generator<Violation> {
  const stored = statesAt(wall, end.states);
  const byId = Map.groupBy(end.reactions, ({ id }) => id);
  for (const state of stored) yield* checkReactions(state, byId.get(state.id) ?? []);
  const pinned = stored.filter(({ isPinned }) => isPinned).map(({ id }) => id);
  if (!isSame(pinned, end.pins))
    yield {
      kind: 'pins',
      text: `${end.pins.length} messages are in the list, ${pinned.length} show that they are pinned`,
    };
  for (const reader of end.readers) {
    yield* checkMentions(wall, listsMentions(reader.person) ? stored : [], reader);
    yield* checkOwn(wall, end.reactions, reader.person, 'reads', reader.own);
  }
  for (const { person, own } of wall.keptStates)
    yield* checkOwn(wall, end.reactions, person, 'has kept', own);
  yield* checkReactionActs(wall, stored, end.reactions);
}

function* checkReactions(state: State, rows: readonly Reaction[]): Generator<Violation> {
  const kinds = Map.groupBy(rows, ({ emoji }) => emoji);
  const counted = [...kinds].map(([emoji, ofKind]) => `${emoji} ${ofKind.length}`);
  const shown = state.reactions.map(({ emoji, count }) => `${emoji} ${count}`);
  if (!isSame(shown, counted))
    yield {
      kind: 'reactions',
      text: `${nameOfState(state)} shows ${shown.join(', ')} instead of ${counted.join(', ')}`,
    };
  for (const { emoji, people } of state.reactions) {
    const named = new Set((kinds.get(emoji) ?? []).map(({ person }) => person));
    if (people.some((person) => !named.has(person)))
      yield {
        kind: 'reactions',
        text: `${nameOfState(state)} names somebody who has not reacted with ${emoji}`,
      };
  }
}

function* checkMentions(
  wall: Wall,
  stored: readonly State[],
  { person, mentions, mentionCount, lastReadSeq }: WallReader,
): Generator<Violation> {
  const name = wall.people[person];
  const own = stored.filter((state) => state.mentions.includes(person));
  const ids = own.map(({ id }) => id);
  if (!isSame(ids, mentions))
    yield {
      kind: 'mentions',
      text: `${name} is answered ${mentions.length} mentions, and ${ids.length} messages have one`,
    };
  const unread = Math.min(MENTIONS_MAX, own.filter(({ seq }) => seq > lastReadSeq).length);
  if (unread !== mentionCount)
    yield { kind: 'mentions', text: `${name} is answered mentionCount ${mentionCount} instead of ${unread}` };
}

function* checkOwn(
  { people }: Wall,
  rows: readonly Reaction[],
  person: number,
  how: string,
  own: readonly OwnSet[],
): Generator<Violation> {
  const stored = rows.filter((row) => row.person === person).map(({ id, emoji }) => `${id} ${emoji}`);
  const shown = own.flatMap(({ id, emojis }) => emojis.map((emoji) => `${id} ${emoji}`));
  if (!isSame(stored, shown))
    yield {
      kind: 'own-reactions',
      text: `${people[person]} ${how} ${shown.length} own reactions, and ${stored.length} are stored`,
    };
}

/** The last request of a person decides, unless it has no answer, or somebody else could remove the reaction. */
function* checkReactionActs(
  { acts, people }: Wall,
  stored: readonly State[],
  rows: readonly Reaction[],
): Generator<Violation> {
  const there = new Set(rows.map(({ id, emoji, person }) => `${id} ${emoji} ${person}`));
  const kept = new Set(stored.filter(({ isDeleted }) => !isDeleted).map(({ id }) => id));
  const asked = acts.filter(
    ({ subject, message, outcome }) => subject !== -1 && kept.has(message) && outcome !== 'refused',
  );
  for (const [key, all] of Map.groupBy(
    asked,
    ({ message, value, subject }) => `${message} ${value} ${subject}`,
  )) {
    const last = all.at(-1);
    if (!last || last.outcome !== 'done' || all.some(({ kind }) => kind === 'remove')) continue;
    if (there.has(key) !== (last.kind === 'react'))
      yield {
        kind: 'change-lost',
        text: `${last.kind} ${last.value} of ${people[last.actor]} on ${last.message}`,
      };
  }
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.toSorted().join('\n') === others.toSorted().join('\n');
}
