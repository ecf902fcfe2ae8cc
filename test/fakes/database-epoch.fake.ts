import type { DatabaseEpochPort } from '../../src/arch/common/application/ports/database-epoch.port.js';

export class DatabaseEpochFake implements DatabaseEpochPort {
  private readonly listeners: (() => void)[] = [];
  current = 'epoch-1';
  suspicions = 0;
  ends = 0;

  onRenewal(forget: () => void): void {
    this.listeners.push(forget);
  }

  endEpoch(): void {
    this.ends += 1;
  }

  suspectOtherEpoch(): void {
    this.suspicions += 1;
  }

  renew(epoch: string): void {
    this.current = epoch;
    for (const forget of this.listeners) forget();
  }
}
