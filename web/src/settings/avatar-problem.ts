import { isCauserieError } from '@causerie/client';
import type { SettingsTexts } from '../texts/settings-texts.ts';

/** Why the server does not take a picture, where it says so. */
export function avatarProblem(say: SettingsTexts, error: unknown): string | undefined {
  if (isCauserieError(error, 'PAYLOAD_TOO_LARGE')) return say.pictureTooLarge;
  if (isCauserieError(error, 'UNSUPPORTED_MEDIA_TYPE')) return say.pictureOfOtherKind;
  if (isCauserieError(error, 'VALIDATION_FAILED')) return say.pictureTooWide;
  return undefined;
}
