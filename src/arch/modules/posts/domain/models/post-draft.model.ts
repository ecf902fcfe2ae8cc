import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { atPath, nameFaults, refuseFaults, visibleTextFaults } from '../../../../common/domain/texts.js';
import { POST_CONTENT_MAX, POST_TITLE_MAX, type PostVisibility } from './post.model.js';

export interface PostDraft {
  readonly ownerId: string;
  readonly title: string;
  readonly content: string;
  readonly visibility: PostVisibility;
}

/** Absent fields stay unchanged. */
export interface PostChanges {
  readonly title?: string | undefined;
  readonly content?: string | undefined;
  readonly visibility?: PostVisibility | undefined;
}

/** Checks the rules for a post, whatever its origin. */
export function draftPost(draft: PostDraft): PostDraft {
  checkTexts(draft);
  return draft;
}

/** Checks the rules for a change of a post, which must change something. */
export function draftPostChanges(changes: PostChanges): PostChanges {
  checkTexts(changes);
  if (Object.values(changes).every((value) => value === undefined)) {
    throw new ValidationFailedError([{ path: '', message: 'must change title, content or visibility' }]);
  }
  return changes;
}

function checkTexts({ title, content }: PostChanges): void {
  refuseFaults([
    ...(title === undefined ? [] : atPath('title', nameFaults(title, POST_TITLE_MAX))),
    ...(content === undefined ? [] : atPath('content', visibleTextFaults(content, POST_CONTENT_MAX))),
  ]);
}
