import type { Wall, WallEar, WallEnd } from '../wall/wall.ts';
import { nameOfState, statesAt } from './wall-states.ts';
import type { Violation } from './violation.ts';

/**
 * A connection in the room receives the latest state of each message that was sent or changed since its join, each state once
 * and in the order of `rev`. A state that was overtaken before it could be told is not.
 */
export function* checkWallEars(wall: Wall, end: WallEnd, nodes: number): Generator<Violation> {
  for (const ear of wall.ears) {
    const name = `${wall.people[ear.person]} on connection ${ear.connection}`;
    yield* checkOrder(wall, ear, nodes, name);
    if (ear.revAtJoin === -1 || !ear.untilEnd) continue;
    const heard = new Set(statesAt(wall, ear.heard).map(({ rev }) => rev));
    const missing = statesAt(wall, end.states).filter(({ rev }) => rev > ear.revAtJoin && !heard.has(rev));
    const [first] = missing;
    if (first)
      yield {
        kind: 'update-missing',
        text: `${name} did not receive ${nameOfState(first)}, and ${missing.length - 1} more`,
      };
  }
}

function* checkOrder(wall: Wall, ear: WallEar, nodes: number, name: string): Generator<Violation> {
  let last = 0;
  for (const state of statesAt(wall, ear.heard)) {
    if (state.rev === last)
      yield { kind: 'update-wrong', text: `${name} received ${nameOfState(state)} twice` };
    else if (state.rev < last && nodes === 1)
      yield { kind: 'update-wrong', text: `${name} received ${nameOfState(state)} after rev ${last}` };
    last = Math.max(last, state.rev);
  }
}
