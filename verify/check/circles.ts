import { checkCircleActs } from './circle-acts.ts';
import { checkCircleBans, checkCircleInvites } from './circle-bans.ts';
import { checkCircleBlocks } from './circle-blocks.ts';
import { checkCircleDirects } from './circle-directs.ts';
import { checkCircleEars } from './circle-ears.ts';
import { checkCircleLog, FoldedCircle } from './circle-log.ts';
import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** The rules about conversations whose members change. */
export function* checkCircles({ history }: StoredHistory): Generator<Violation> {
  for (const circle of history.circles) {
    const folded = new FoldedCircle(circle);
    yield* checkCircleLog(folded);
    yield* checkCircleActs(folded);
    yield* checkCircleBans(folded);
    yield* checkCircleInvites(folded);
    yield* checkCircleBlocks(circle);
    yield* checkCircleEars(folded, history.nodes);
    yield* checkCircleDirects(circle);
  }
}
