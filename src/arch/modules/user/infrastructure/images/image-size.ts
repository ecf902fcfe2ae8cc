import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { notAnImage } from './not-an-image.js';

/**
 * Pixels of a side: 64 MiB in a client that shows it, where a few hundred pixels would do. A file of 2 MiB can claim
 * gigabytes.
 */
const LONGEST_SIDE = 4_096;

/** @throws ValidationFailedError above 4,096 × 4,096, UnsupportedMediaTypeError for an empty picture */
export function requireModestSize(width: number, height: number): void {
  if (width === 0 || height === 0) throw notAnImage();
  if (width <= LONGEST_SIDE && height <= LONGEST_SIDE) return;
  const message = `must have at most ${LONGEST_SIDE} × ${LONGEST_SIDE} pixels`;
  throw new ValidationFailedError([{ path: 'avatar', message }]);
}
