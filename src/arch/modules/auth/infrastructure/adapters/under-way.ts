/** How much of each kind is under way; remembers nothing of what has ended. */
export class UnderWay {
  private readonly counts = new Map<string, number>();

  of(key: string): number {
    return this.counts.get(key) ?? 0;
  }

  async during<T>(key: string, work: () => Promise<T>): Promise<T> {
    this.counts.set(key, this.of(key) + 1);
    try {
      return await work();
    } finally {
      const others = this.of(key) - 1;
      if (others > 0) this.counts.set(key, others);
      else this.counts.delete(key);
    }
  }
}
