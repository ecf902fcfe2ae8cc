import type { AuthenticatedSocket } from '../../src/arch/common/interface/principal-of.js';

/** The part of a socket that joining needs; records the joined and left rooms, in order. */
export class SocketFake {
  readonly id = 'own';
  readonly nsp = {};
  connected = true;
  readonly moves: string[] = [];
  readonly rooms: Set<string>;
  private readonly servers = ['own', 'user:u1', 'session:s1'];

  /** @param rooms its rooms in addition to those that the server joins it to */
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
