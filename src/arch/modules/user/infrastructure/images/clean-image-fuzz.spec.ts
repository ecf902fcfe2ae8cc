import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { JPEG, PNG, WEBP } from '../../../../../../test/fakes/avatar-images.js';
import { IMAGES_WITH_METADATA } from '../../../../../../test/fakes/images-with-metadata.js';
import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { UnsupportedMediaTypeError } from '../../../../common/domain/errors/unsupported-media-type.error.js';
import { cleanImage } from './clean-image.js';

const whole = [PNG, JPEG, WEBP, ...IMAGES_WITH_METADATA.map(([, file]) => file)];
const changed = fc
  .tuple(
    fc.constantFrom(...whole),
    fc.array(fc.tuple(fc.nat(400), fc.nat(8), fc.uint8Array({ maxLength: 8 })), { maxLength: 4 }),
    fc.nat(400),
  )
  .map(([file, splices, cut]) => {
    const bytes = [...file];
    for (const [at, remove, add] of splices) bytes.splice(at % bytes.length, remove, ...add);
    return Buffer.from(cut < 50 ? bytes.slice(0, cut * 8) : bytes);
  });
const begun = fc
  .tuple(fc.constantFrom(...whole), fc.nat(60), fc.uint8Array({ maxLength: 300 }))
  .map(([file, kept, rest]) => Buffer.concat([file.subarray(0, kept), rest]));

/** Bytes of an Exif block with the orientation alone, with its container's overhead. */
const EXIF_MOST = 38;

function cleanedOnceAndForAll(file: Buffer): boolean {
  try {
    const { type, content } = cleanImage(file);
    const again = cleanImage(content);
    return again.type === type && again.content.equals(content) && content.length <= file.length + EXIF_MOST;
  } catch (error) {
    return error instanceof UnsupportedMediaTypeError || error instanceof ValidationFailedError;
  }
}

it('any file is cleaned once and for all, or refused with one of two errors', () => {
  fc.assert(
    fc.property(fc.oneof(changed, begun), (file) => {
      expect(cleanedOnceAndForAll(file)).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});
