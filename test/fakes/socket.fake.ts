import type { AuthenticatedSocket } from '../../src/arch/common/interface/principal-of.js';

/** What of a socket joining needs; remembers what was joined and left, in order. */
export class SocketFake {
  readonly id = 'own';
  connected = true;
  readonly moves: string[] = [];
  readonly rooms: Set<string>;
  private readonly servers = ['own', 'user:u1', 'session:s1'];

  /** @param rooms those that it is in besides the ones that the server puts it into */
  constructor(...rooms: string[]) {
    this.rooms = new Set([...this.servers, ...rooms]);
  }

  get real(): AuthenticatedSocket {
    return this as unknown as AuthenticatedSocket;
  }

  get clientsRooms(): string[] {
    return [...this.rooms].slice(this.servers.length);
  }

  async join(rooms: string | string[]): Promise<void> {
    for (const room of [rooms].flat()) {
      this.rooms.add(room);
      this.moves.push(`joined ${room}`);
    }
  }

  async leave(room: string): Promise<void> {
    this.rooms.delete(room);
    this.moves.push(`left ${room}`);
  }
}
