import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Room } from '../setup/population.js';
import type { DeliveryCounts } from './audience.js';
import type { Latencies } from './ledger.js';
import type { SideRoomTask } from './side-room.js';

/** A small room under an open loop, in a process of its own, while another load runs. */
export class SideRoomProcess {
  /** Messages acknowledged since the start. */
  acked = 0;

  private constructor(private readonly child: ChildProcess) {}

  static async open(url: string, room: Room, perSecond: number): Promise<SideRoomProcess> {
    // The default serialization does not support typed arrays.
    const child = fork(new URL('./side-room.ts', import.meta.url), { serialization: 'advanced' });
    const side = new SideRoomProcess(child);
    await side.sendTask<object>({ url, room, perSecond });
    return side;
  }

  async runSlice(milliseconds: number): Promise<Latencies> {
    const { latencies, acked } = await this.sendTask<{ latencies: Latencies; acked: number }>({
      milliseconds,
    });
    this.acked = acked;
    return latencies;
  }

  closeRoom(lastSeq: number): Promise<DeliveryCounts> {
    return this.sendTask<DeliveryCounts>({ lastSeq });
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }

  private async sendTask<T extends object>(task: SideRoomTask): Promise<T> {
    const answered = once(this.child, 'message') as Promise<[T | { failure: string }]>;
    this.child.send(task);
    const [answer] = await answered;
    if ('failure' in answer) throw new Error(answer.failure);
    return answer;
  }
}
