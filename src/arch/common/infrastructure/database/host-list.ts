/** The addresses of a DATABASE_URL with several hosts: one of them accepts writes, and that may change. */
export class HostList {
  private used = 0;

  constructor(private readonly addresses: readonly string[]) {}

  get size(): number {
    return this.addresses.length;
  }

  get current(): string {
    return this.addresses[this.used % this.size] ?? '';
  }

  /**
   * Switches to the next host when this one does not answer or is read-only, unless another caller has switched
   * already.
   */
  leaveHost(address: string): void {
    if (address === this.current) this.used += 1;
  }
}
