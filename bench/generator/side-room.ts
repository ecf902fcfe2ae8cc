// A process of its own: a small room must not be measured by whoever is busy reading for a large one.
import type { Room } from '../setup/population.js';
import { Audience } from './audience.js';
import { openLoop } from './load.js';

/** First connect, then run for a time as often as wanted, then the end: what was heard up to there. */
export type SideRoomTask =
  | { readonly url: string; readonly room: Room; readonly perSecond: number }
  | { readonly milliseconds: number }
  | { readonly lastSeq: number };

interface Open {
  readonly room: Room;
  readonly perSecond: number;
  readonly audience: Audience;
}

let open: Open | undefined;

async function perform(task: SideRoomTask): Promise<object> {
  if ('url' in task) {
    open = { ...task, audience: await Audience.open(task.url, [task.room]) };
    return {};
  }
  if (!open) throw new Error('Nobody is connected.');
  const { room, perSecond, audience } = open;
  if ('lastSeq' in task) {
    await audience.close();
    return audience.heard(new Map([[room.id, task.lastSeq]]));
  }
  await openLoop(perSecond)(audience, task.milliseconds);
  await audience.ledger.whenSettled();
  audience.rest();
  return { latencies: audience.ledger.take(), acked: audience.ledger.acked };
}

// a benchmark that is killed leaves none behind
process.once('disconnect', () => process.exit(1));
process.on('message', (task: SideRoomTask) => {
  void perform(task).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ failure: String(error) }),
  );
});
