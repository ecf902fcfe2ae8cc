import type { Wall, WallEnd } from '../wall/wall.ts';
import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';
import { checkDeletedContent } from './wall-deletions.ts';
import { checkWallActs } from './wall-acts.ts';
import { checkWallEars } from './wall-ears.ts';
import { checkWallNumbers } from './wall-numbers.ts';
import { checkWallRows } from './wall-rows.ts';
import { checkWallStates } from './wall-states.ts';
import { checkWallThreads } from './wall-threads.ts';

/** The rules about conversations whose messages change. */
export function* checkWalls({ history }: StoredHistory): Generator<Violation> {
  for (const wall of history.walls) {
    for (const text of wall.outside) yield { kind: 'outside', text };
    const parent = history.walls.find(({ id }) => id === wall.root?.wall);
    if (!wall.end || parent?.end === null) continue;
    const threads = history.walls.filter(({ root }) => root?.wall === wall.id);
    yield* checkWallStates(wall, wall.end);
    yield* checkWallNumbers(wall, wall.end, threads);
    yield* checkWallEars(wall, wall.end, history.nodes);
    yield* checkWallActs(wall, wall.end);
    yield* checkWallRows(wall, wall.end, (person) => !parent?.end || isFollowing(parent.end, wall, person));
    yield* checkDeletedContent(wall);
    yield* checkWallThreads(wall, wall.end, threads);
  }
}

/** As the list of threads says that is read with the parent. */
function isFollowing({ readers }: WallEnd, { id }: Wall, person: number): boolean {
  const reader = readers.find((one) => one.person === person);
  return reader?.threads.some((thread) => thread.id === id) === true;
}
