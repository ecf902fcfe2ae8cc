import { fittingRows } from '../../../../common/domain/fitting-rows.js';
import { isEvent, type TimelineItem } from '../models/timeline-event.model.js';
import { unitsOfMessage } from './fitting-messages.js';

const unitsOfItem = (item: TimelineItem): number =>
  isEvent(item) ? JSON.stringify(item.data).length : unitsOfMessage(item);

/** The first messages and events, as many as fit on a page. */
export function fittingItems<Item extends TimelineItem>(
  items: readonly Item[],
  room?: number,
): readonly Item[] {
  return fittingRows(items, unitsOfItem, room);
}
