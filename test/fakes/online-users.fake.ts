import type { OnlineUsersPort } from '../../src/arch/modules/presence/application/ports/online-users.port.js';

export class OnlineUsersFake implements OnlineUsersPort {
  private readonly online = new Set<string>();
  private readonly listeners: ((userId: string) => void)[] = [];

  isOnline(userId: string): boolean {
    return this.online.has(userId);
  }

  onChange(listener: (userId: string) => void): void {
    this.listeners.push(listener);
  }

  setOnline(userId: string, isOnline: boolean): void {
    if (this.online.has(userId) === isOnline) return;
    if (isOnline) this.online.add(userId);
    else this.online.delete(userId);
    for (const listener of this.listeners) listener(userId);
  }
}
