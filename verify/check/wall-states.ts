import type { State, Wall, WallEnd } from '../wall/wall.ts';
import type { Violation } from './violation.ts';

export const nameOfState = ({ id, seq, rev }: State): string =>
  `message ${id} of a wall (seq ${seq}, rev ${rev})`;

/** @returns the states with these indexes */
export function statesAt({ states }: Wall, indexes: readonly number[]): State[] {
  return indexes.flatMap((index) => states[index] ?? []);
}

/**
 * A message has one state for each `rev`, whoever has received it and how; and whoever replaces states by those with a higher
 * `rev` has the stored ones at the end, which `changes` shows as the pages do.
 */
export function* checkWallStates(wall: Wall, end: WallEnd): Generator<Violation> {
  const seen = new Map<string, State>();
  for (const state of wall.states) {
    const key = `${state.id} ${state.rev}`;
    const other = seen.get(key);
    if (other)
      yield { kind: 'state-altered', text: `${nameOfState(state)}: ${other.fields} and ${state.fields}` };
    else seen.set(key, state);
  }
  const stored = statesAt(wall, end.states);
  yield* compare('changes', stored, statesAt(wall, end.changed));
  for (const { person, states } of wall.keptStates)
    yield* compare(`what ${wall.people[person]} has kept`, stored, statesAt(wall, states));
}

function* compare(how: string, stored: readonly State[], shown: readonly State[]): Generator<Violation> {
  const byId = new Map(shown.map((state) => [state.id, state]));
  const wrong = stored.filter(({ id, rev }) => byId.get(id)?.rev !== rev);
  const [first] = wrong;
  if (first) {
    const instead = byId.get(first.id);
    const text = `${how}: ${instead ? `rev ${instead.rev}` : 'nothing'} instead of ${nameOfState(first)}`;
    yield { kind: 'state-missing', text: `${text}, and ${wrong.length - 1} more` };
  }
  if (byId.size > stored.length)
    yield { kind: 'state-altered', text: `${how} has messages that are not stored` };
}
