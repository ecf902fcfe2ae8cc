import { UnsupportedMediaTypeError } from '../../../../common/domain/errors/unsupported-media-type.error.js';

/** The refusal of an upload that is no complete picture of an accepted type. */
export function notAnImage(): UnsupportedMediaTypeError {
  return new UnsupportedMediaTypeError('An avatar is a JPEG, PNG or WebP image.');
}
