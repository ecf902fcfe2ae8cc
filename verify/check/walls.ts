import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';
import { checkDeletedContent } from './wall-deletions.ts';
import { checkWallActs } from './wall-acts.ts';
import { checkWallEars } from './wall-ears.ts';
import { checkWallNumbers } from './wall-numbers.ts';
import { checkWallRows } from './wall-rows.ts';
import { checkWallStates } from './wall-states.ts';

/** The rules about conversations whose messages change. */
export function* checkWalls({ history }: StoredHistory): Generator<Violation> {
  for (const wall of history.walls) {
    if (!wall.end) continue;
    yield* checkWallStates(wall, wall.end);
    yield* checkWallNumbers(wall, wall.end);
    yield* checkWallEars(wall, wall.end, history.nodes);
    yield* checkWallActs(wall, wall.end);
    yield* checkWallRows(wall, wall.end);
    yield* checkDeletedContent(wall);
  }
}
