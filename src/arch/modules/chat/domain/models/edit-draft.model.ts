import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { atPath, refuseFaults, visibleTextFaults } from '../../../../common/domain/texts.js';
import { type ExtrasChange, requireAllowedExtras } from './message-extras.model.js';
import { CONTENT_MAX } from './message.model.js';

/** What an edit changes of a message; what is absent stays. */
export interface EditDraft extends ExtrasChange {
  readonly content?: string | undefined;
}

/** Checks the rules for an edit, which must change something. */
export function draftEdit(draft: EditDraft): EditDraft {
  if (draft.content !== undefined)
    refuseFaults(atPath('content', visibleTextFaults(draft.content, CONTENT_MAX)));
  requireAllowedExtras(draft);
  if (Object.values(draft).every((value) => value === undefined))
    throw new ValidationFailedError([{ path: '', message: 'must change something of the message' }]);
  return draft;
}
