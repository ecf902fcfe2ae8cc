import type { ConnectedUsersPort } from '../../src/arch/common/application/ports/connected-users.port.js';

/** Users with a number of sockets. */
export class ConnectedUsersFake implements ConnectedUsersPort {
  private readonly sockets = new Map<string, number>();
  private readonly listeners: ((userId: string, isConnected: boolean) => void)[] = [];

  isConnected(userId: string): boolean {
    return this.sockets.has(userId);
  }

  listConnected(): readonly string[] {
    return [...this.sockets.keys()];
  }

  onChange(listener: (userId: string, isConnected: boolean) => void): void {
    this.listeners.push(listener);
  }

  connect(userId: string): void {
    const count = this.sockets.get(userId) ?? 0;
    this.sockets.set(userId, count + 1);
    if (count === 0) this.tell(userId, true);
  }

  disconnect(userId: string): void {
    const count = this.sockets.get(userId) ?? 0;
    if (count > 1) this.sockets.set(userId, count - 1);
    else if (this.sockets.delete(userId)) this.tell(userId, false);
  }

  private tell(userId: string, isConnected: boolean): void {
    for (const listener of this.listeners) listener(userId, isConnected);
  }
}
