import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { notAnImage } from './not-an-image.js';

/** Pixels of a side: 64 MiB in whoever shows it, where a few hundred would do. A file of 2 MiB can claim gigabytes. */
const LONGEST_SIDE = 4_096;

/** @throws ValidationFailedError beyond 4,096 × 4,096, UnsupportedMediaTypeError when there is nothing to see */
export function requireModestSize(width: number, height: number): void {
  if (width === 0 || height === 0) throw notAnImage();
  if (width <= LONGEST_SIDE && height <= LONGEST_SIDE) return;
  const message = `must have at most ${LONGEST_SIDE} × ${LONGEST_SIDE} pixels`;
  throw new ValidationFailedError([{ path: 'avatar', message }]);
}
