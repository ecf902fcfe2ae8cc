import { guardListener } from '../../../application/guard-listener.js';

/** Does something with each item, with so many of them in one turn of the event loop; with the first ones at once. */
export function inTurns<Item>(items: readonly Item[], perTurn: number, work: (item: Item) => void): void {
  for (const item of items.slice(0, perTurn)) work(item);
  const rest = items.slice(perTurn);
  if (rest.length > 0) setImmediate(guardListener(() => inTurns(rest, perTurn, work)));
}
