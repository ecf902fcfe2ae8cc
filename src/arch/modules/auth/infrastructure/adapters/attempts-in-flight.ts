/** Counts attempts in flight by key; keeps nothing after their end. */
export class AttemptsInFlight {
  private readonly counts = new Map<string, number>();

  attemptsOf(key: string): number {
    return this.counts.get(key) ?? 0;
  }

  async runAttempt<T>(key: string, work: () => Promise<T>): Promise<T> {
    this.counts.set(key, this.attemptsOf(key) + 1);
    try {
      return await work();
    } finally {
      const others = this.attemptsOf(key) - 1;
      if (others > 0) this.counts.set(key, others);
      else this.counts.delete(key);
    }
  }
}
