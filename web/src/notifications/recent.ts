/** What was added a short time ago. */
export interface Recent<Item> {
  readonly add: (items: readonly Item[]) => void;
  /** What is recent now; it is kept no longer. */
  readonly take: () => Item[];
}

export function createRecent<Item>(keptMs: number): Recent<Item> {
  let kept: { readonly item: Item; readonly at: number }[] = [];
  const fresh = (): typeof kept => kept.filter(({ at }) => at > performance.now() - keptMs);
  return {
    add(items) {
      const at = performance.now();
      kept = [...fresh(), ...items.map((item) => ({ item, at }))];
    },
    take() {
      const items = fresh().map(({ item }) => item);
      kept = [];
      return items;
    },
  };
}
