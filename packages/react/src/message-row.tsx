import { type HTMLAttributes, memo, type ReactElement, type ReactNode } from 'react';
import type { WindowItem } from './window-timeline.ts';

interface MessageRowProps<Item extends WindowItem> {
  readonly item: Item;
  readonly previous: Item | undefined;
  readonly divider: ReactNode;
  readonly renderItem: (item: Item, previous: Item | undefined) => ReactNode;
  readonly rowProps: ((item: Item) => HTMLAttributes<HTMLDivElement>) | undefined;
}

function Row<Item extends WindowItem>(props: MessageRowProps<Item>): ReactElement {
  const { item, previous, divider, renderItem, rowProps } = props;
  return (
    <div {...rowProps?.(item)} data-key={item.key}>
      {divider}
      {renderItem(item, previous)}
    </div>
  );
}

/** Real rows of the document: the browser finds, selects, prints and reads them. */
export const MessageRow = memo(Row) as typeof Row;
