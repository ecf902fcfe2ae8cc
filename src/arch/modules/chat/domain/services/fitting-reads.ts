import { jsonBytes } from '../../../../common/domain/fitting-rows.js';
import type { MovedPositions } from '../models/moved-positions.model.js';
import { ROOM_FOR_ROWS } from './fitting-members.js';

/**
 * The read positions that a page of changes shows: all or none.
 * @param moved null when they were not asked for
 * @param room bytes that remain beside the members
 */
export function fittingReads(
  moved: MovedPositions | null,
  room: number,
): { readonly moved: MovedPositions | null; readonly room: number } {
  if (!moved) return { moved, room };
  const bytes = jsonBytes(moved);
  return bytes > room - ROOM_FOR_ROWS
    ? { moved: { reads: [], readsTruncated: true }, room }
    : { moved, room: room - bytes };
}
