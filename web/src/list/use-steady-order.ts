import { type PointerEvent, useState } from 'react';
import { steady } from './steady.ts';

/** While the mouse is in a list its rows stay in their order, so that none moves away from under it. */
export function useSteadyOrder<Row extends { readonly id: string }>(rows: readonly Row[]) {
  const [order, setOrder] = useState<readonly string[] | null>(null);
  const shown = order ? steady(rows, order) : rows;
  const handlers = {
    onPointerEnter({ pointerType }: PointerEvent): void {
      if (pointerType === 'mouse') setOrder(rows.map(({ id }) => id));
    },
    onPointerLeave: (): void => setOrder(null),
  };
  return [shown, handlers] as const;
}
