import { z } from 'zod';
import type { MovedPositions } from '../../../domain/models/moved-positions.model.js';

export const movedPositionSchema = z.strictObject({
  userId: z.uuid(),
  lastReadSeq: z.int().min(1),
});

interface MovedPositionsDto {
  readonly reads: z.output<typeof movedPositionSchema>[];
  readonly readsTruncated?: true;
}

export function toMovedPositionsDto({ reads, readsTruncated }: MovedPositions): MovedPositionsDto {
  return {
    reads: reads.map(({ userId, lastReadSeq }) => ({ userId, lastReadSeq })),
    ...(readsTruncated && { readsTruncated: true }),
  };
}
