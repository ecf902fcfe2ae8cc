import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { atPath, nameFaults, refuseFaults } from '../../../../common/domain/texts.js';
import { type ConversationSettings, SLOW_MODE_MAX, TITLE_MAX } from './conversation-settings.model.js';
import { isSameJson, metadataFaults } from './metadata.model.js';

/** Absent settings stay unchanged. */
export type SettingsDraft = {
  readonly [Name in keyof ConversationSettings]?: ConversationSettings[Name] | undefined;
};

/** Checks the rules for a title, whatever its origin; a conversation may have none. */
export function draftTitle(title: string | null): string | null {
  if (title !== null) refuseFaults(atPath('title', nameFaults(title, TITLE_MAX)));
  return title;
}

function draftSlowMode(seconds: number): void {
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > SLOW_MODE_MAX)
    throw new ValidationFailedError([
      { path: 'slowModeSeconds', message: `must be an integer from 0 to ${SLOW_MODE_MAX}` },
    ]);
}

/** Checks the rules for new settings, of which there must be one. */
export function draftSettings(draft: SettingsDraft): SettingsDraft {
  draftTitle(draft.title ?? null);
  draftSlowMode(draft.slowModeSeconds ?? 0);
  if (draft.metadata) refuseFaults(atPath('metadata', metadataFaults(draft.metadata)));
  if (Object.values(draft).every((value) => value === undefined))
    throw new ValidationFailedError([{ path: '', message: 'must change a setting' }]);
  return draft;
}

const isNew = <T>(value: T | undefined, old: T): value is T => value !== undefined && !isSameJson(value, old);

/** The settings of a draft that differ from the present ones. */
export function changedSettings(
  present: ConversationSettings,
  { title, metadata, posting, adding, slowModeSeconds }: SettingsDraft,
): Partial<ConversationSettings> {
  return {
    ...(isNew(title, present.title) && { title }),
    ...(isNew(metadata, present.metadata) && { metadata }),
    ...(isNew(posting, present.posting) && { posting }),
    ...(isNew(adding, present.adding) && { adding }),
    ...(isNew(slowModeSeconds, present.slowModeSeconds) && { slowModeSeconds }),
  };
}
