import type { ReadReceiptsPort } from '../../src/arch/modules/user/application/ports/read-receipts.port.js';
import type { StoredUser } from './chat-state.js';

/** The settings of stored users, all of whom are connected. */
export class ReadReceiptsFake implements ReadReceiptsPort {
  private readonly listeners: ((userId: string, areOn: boolean) => void)[] = [];

  constructor(private readonly users: ReadonlyMap<string, Pick<StoredUser, 'readReceipts'>>) {}

  async areOn(userId: string): Promise<boolean> {
    return this.users.get(userId)?.readReceipts ?? true;
  }

  async announceChange(userId: string): Promise<void> {
    const areOn = await this.areOn(userId);
    for (const listener of this.listeners) listener(userId, areOn);
  }

  onChange(listener: (userId: string, areOn: boolean) => void): void {
    this.listeners.push(listener);
  }
}
