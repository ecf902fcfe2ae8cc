import type { Account } from '../account.ts';
import { LiveSocket } from '../live-socket.ts';
import { type WallPlace, WallRoom } from './wall-room.ts';

/** The socket of a person of a wall, in the rooms of the wall and of its threads. */
export class WallListener {
  readonly socket: LiveSocket;
  private readonly rooms = new Map<string, WallRoom>();

  constructor(account: Account) {
    this.socket = new LiveSocket(account, {
      onConnect: () => void this.joinAll(),
      onDisconnect: () => this.leaveAll(),
      onEvent: (event, payload) => this.onEvent(event, payload),
    });
  }

  /** Joins the room of a wall or thread, and reads what it has. */
  async add(place: WallPlace): Promise<void> {
    const room = new WallRoom(place, this.socket);
    this.rooms.set(place.record.id, room);
    await room.join();
  }

  /** Joins what is not joined, and marks the ears as complete to the end, unless the connection ends later. */
  async markEnd(): Promise<void> {
    await Promise.all([...this.rooms.values()].map((room) => room.markEnd()));
  }

  private async joinAll(): Promise<void> {
    await Promise.all([...this.rooms.values()].map((room) => room.join()));
  }

  private leaveAll(): void {
    for (const room of this.rooms.values()) room.leave();
  }

  private onEvent(event: string, payload: unknown): void {
    const { id = '', conversationId = id } = payload as { id?: string; conversationId?: string };
    const room = this.rooms.get(conversationId);
    if (!room) return;
    // Threads have the members of the wall.
    if (event === 'conversation_removed') this.leaveAll();
    else if (event === 'conversation_added') void this.joinAll();
    else room.onEvent(event, payload);
  }
}
