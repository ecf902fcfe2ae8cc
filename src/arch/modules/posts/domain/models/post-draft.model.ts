import { codePoints } from '../../../../common/domain/code-points.js';
import type { ErrorDetail } from '../../../../common/domain/errors/domain.error.js';
import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { POST_CONTENT_MAX, POST_TITLE_MAX, type PostVisibility } from './post.model.js';

export interface PostDraft {
  readonly ownerId: string;
  readonly title: string;
  readonly content: string;
  readonly visibility: PostVisibility;
}

/** What is absent stays as it is. */
export interface PostChanges {
  readonly title?: string | undefined;
  readonly content?: string | undefined;
  readonly visibility?: PostVisibility | undefined;
}

/** What a post must always be, whichever way it comes. */
export function draftPost(draft: PostDraft): PostDraft {
  checkTexts(draft);
  return draft;
}

/** A change leaves a post what it must always be, and changes something. */
export function draftPostChanges(changes: PostChanges): PostChanges {
  checkTexts(changes);
  if (Object.values(changes).every((value) => value === undefined)) {
    throw new ValidationFailedError([{ path: '', message: 'must change title, content or visibility' }]);
  }
  return changes;
}

function checkTexts({ title, content }: PostChanges): void {
  const faults = [
    ...faultsOf('title', title, POST_TITLE_MAX),
    ...faultsOf('content', content, POST_CONTENT_MAX),
  ];
  if (faults.length > 0) throw new ValidationFailedError(faults);
}

function faultsOf(path: string, text: string | undefined, maximum: number): ErrorDetail[] {
  if (text === undefined || (text.trim() !== '' && codePoints(text) <= maximum)) return [];
  return [{ path, message: `must have 1 to ${maximum} characters and not be blank` }];
}
