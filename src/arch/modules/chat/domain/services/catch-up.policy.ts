import { CursorInvalidError } from '../../../../common/domain/errors/cursor-invalid.error.js';
import type { Conversation } from '../models/conversation.model.js';

const START_OVER =
  'What you know is not of this history: the database was restored, or the cursor is of another. Drop it and start over, with since=0.';

/** Requires that what the reader knows is of this epoch of the database, if it says of which one it is. */
export function requireEpoch(known: string | undefined, current: string): void {
  if (known !== undefined && known !== current) throw new CursorInvalidError(START_OVER);
}

/** Requires a `rev` that the conversation has reached. */
export function requireReached(since: number, { rev }: Conversation): void {
  if (since > rev) throw new CursorInvalidError(START_OVER);
}
