import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Room } from '../setup/population.js';
import type { Heard } from './audience.js';
import type { Latencies } from './ledger.js';
import type { SideRoomTask } from './side-room.js';

/** A small room with an open loop of its own, beside another load. */
export class SideRoomProcess {
  /** Messages acknowledged since the beginning. */
  acked = 0;

  private constructor(private readonly child: ChildProcess) {}

  static async open(url: string, room: Room, perSecond: number): Promise<SideRoomProcess> {
    // The default serialization has no typed arrays.
    const child = fork(new URL('./side-room.ts', import.meta.url), { serialization: 'advanced' });
    const side = new SideRoomProcess(child);
    await side.ask<object>({ url, room, perSecond });
    return side;
  }

  async run(milliseconds: number): Promise<Latencies> {
    const { latencies, acked } = await this.ask<{ latencies: Latencies; acked: number }>({ milliseconds });
    this.acked = acked;
    return latencies;
  }

  finish(lastSeq: number): Promise<Heard> {
    return this.ask<Heard>({ lastSeq });
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }

  private async ask<T extends object>(task: SideRoomTask): Promise<T> {
    const answered = once(this.child, 'message') as Promise<[T | { failure: string }]>;
    this.child.send(task);
    const [answer] = await answered;
    if ('failure' in answer) throw new Error(answer.failure);
    return answer;
  }
}
