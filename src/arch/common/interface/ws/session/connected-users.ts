import type { Namespace } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import type { ConnectedUsersPort } from '../../../application/ports/connected-users.port.js';
import { CHAT_NAMESPACE, userOfRoom } from '../../../domain/rooms.js';

/** Follows the rooms of users: one exists exactly while a socket of its user is connected. */
export class ConnectedUsers implements ConnectedUsersPort {
  private readonly ids = new Set<string>();
  private readonly listeners: ((userId: string, isConnected: boolean) => void)[] = [];

  /** Called by the adapter for each served namespace, before a client can connect to it. */
  watchNamespace({ name, adapter }: Pick<Namespace, 'name' | 'adapter'>): void {
    if (name !== CHAT_NAMESPACE) return;
    adapter.on(
      'create-room',
      guardListener((room: string) => this.changeRoom(room, true)),
    );
    adapter.on(
      'delete-room',
      guardListener((room: string) => this.changeRoom(room, false)),
    );
  }

  isConnected(userId: string): boolean {
    return this.ids.has(userId);
  }

  listConnected(): readonly string[] {
    return [...this.ids];
  }

  onChange(listener: (userId: string, isConnected: boolean) => void): void {
    this.listeners.push(listener);
  }

  private changeRoom(room: string, isConnected: boolean): void {
    const userId = userOfRoom(room);
    if (userId === null) return;
    if (isConnected) this.ids.add(userId);
    else this.ids.delete(userId);
    for (const listener of this.listeners) listener(userId, isConnected);
  }
}
