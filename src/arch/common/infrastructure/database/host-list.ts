/** The addresses of one DATABASE_URL with several hosts: of them one takes writes, and not always the same. */
export class HostList {
  private used = 0;

  constructor(private readonly addresses: readonly string[]) {}

  get size(): number {
    return this.addresses.length;
  }

  get current(): string {
    return this.addresses[this.used % this.size] ?? '';
  }

  /** It does not answer, or only reads: the next one is used, unless somebody else has gone on already. */
  leaveHost(address: string): void {
    if (address === this.current) this.used += 1;
  }
}
