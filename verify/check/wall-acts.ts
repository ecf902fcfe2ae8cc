import type { State, Wall, WallAct, WallEnd } from '../wall/wall.ts';
import { nameOfState, statesAt } from './wall-states.ts';
import type { Violation } from './violation.ts';

/** What was acknowledged is stored unless a later change has replaced it, and what is stored was requested. */
export function* checkWallActs(wall: Wall, end: WallEnd): Generator<Violation> {
  const stored = new Map(statesAt(wall, end.states).map((state) => [state.id, state]));
  for (const { kind, message, rev, outcome } of wall.acts) {
    const state = stored.get(message);
    if (outcome !== 'done' || (message === '' && kind !== 'send')) continue;
    const isGone = (kind === 'delete' && !state?.isDeleted) || (kind === 'open' && !state?.thread);
    if (!state || state.rev < rev || isGone)
      yield {
        kind: 'change-lost',
        text: `${kind} of ${message}, acknowledged with rev ${rev}, is not stored`,
      };
  }
  for (const state of stored.values()) yield* checkContent(wall, state);
}

/** The content is that of the last edit, or of one without an answer. */
function* checkContent({ acts }: Wall, state: State): Generator<Violation> {
  if (state.isDeleted) return;
  const own = acts.filter(({ actor, outcome }) => actor === state.sender && outcome !== 'refused');
  const made = own.filter(({ kind, message, value }) => isOf(state, kind, message, value));
  const [last] = made.filter(({ rev }) => rev > 0).toSorted((one, other) => other.rev - one.rev);
  const possible = made.filter(({ outcome }) => outcome === 'unknown').map(({ value }) => value);
  if (state.content === last?.value || possible.includes(state.content)) return;
  const isRequested = made.some(({ value }) => value === state.content);
  yield {
    kind: isRequested ? 'change-lost' : 'log-wrong',
    text: `${nameOfState(state)} has the content ${state.content}, instead of ${last?.value ?? 'none'}`,
  };
}

/** A message whose answer was lost is known by its content. */
const isOf = ({ id, content }: State, kind: WallAct['kind'], message: string, value: string): boolean =>
  (kind === 'edit' && message === id) || (kind === 'send' && (message === id || value === content));
