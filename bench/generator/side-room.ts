// Runs in a process of its own: the process that reads for the large room would measure the small room's latency late.
import type { Room } from '../setup/population.js';
import { Audience } from './audience.js';
import { openLoop } from './load.js';

/** The tasks, in order: connect the room; run for a time, as often as needed; close and count the deliveries. */
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

async function performTask(task: SideRoomTask): Promise<object> {
  if ('url' in task) {
    open = { ...task, audience: await Audience.open(task.url, [task.room]) };
    return {};
  }
  if (!open) throw new Error('The room is not connected.');
  const { room, perSecond, audience } = open;
  if ('lastSeq' in task) {
    await audience.close();
    return audience.countDeliveries(new Map([[room.id, task.lastSeq]]));
  }
  await openLoop(perSecond)(audience, task.milliseconds);
  await audience.ledger.whenSettled();
  audience.clearLogs();
  return { latencies: audience.ledger.takeLatencies(), acked: audience.ledger.acked };
}

// The process ends when the benchmark is killed.
process.once('disconnect', () => process.exit(1));
process.on('message', (task: SideRoomTask) => {
  void performTask(task).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ failure: String(error) }),
  );
});
