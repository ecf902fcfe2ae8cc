import { buffer } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { ValidationFailedError } from '../../src/arch/common/domain/errors/validation-failed.error.js';
import type { AvatarStorePort } from '../../src/arch/modules/user/application/ports/avatar-store.port.js';
import { PayloadTooLargeError } from '../../src/arch/common/domain/errors/payload-too-large.error.js';
import { UnsupportedMediaTypeError } from '../../src/arch/common/domain/errors/unsupported-media-type.error.js';
import { JPEG, NO_AVATARS, PNG, pngOf, WEBP } from '../fakes/avatar-images.js';
import { chunks } from '../fakes/avatar-store.fake.js';

export interface AvatarStoreSubject {
  /** A store that accepts images of up to 1,000 bytes. */
  readonly store: AvatarStorePort;
  /** Number of stored images and drafts. */
  count(): Promise<number>;
}

async function* failing(message: string, ...pieces: readonly Buffer[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
  throw new Error(message);
}

export function describeAvatarStoreContract(name: string, make: () => Promise<AvatarStoreSubject>): void {
  describe(`AvatarStorePort on ${name}`, () => {
    let subject: AvatarStoreSubject;

    beforeAll(async () => {
      subject = await make();
    });

    const bytesOf = async (image: string) => {
      const found = await subject.store.openImage(image);
      return found && buffer(found.content);
    };

    it.each([
      ['image/png', /^[0-9a-f-]{36}\.png$/, PNG],
      ['image/jpeg', /^[0-9a-f-]{36}\.jpg$/, JPEG],
      ['image/webp', /^[0-9a-f-]{36}\.webp$/, WEBP],
    ])('keeps %s under a name of its own', async (type, form, image) => {
      const saved = await subject.store.saveImage(chunks(image.subarray(0, 5), image.subarray(5)));
      expect(saved).toMatch(form);
      expect(await subject.store.openImage(saved)).toMatchObject({ type, size: image.length });
      expect(await bytesOf(saved)).toEqual(image);
      expect(await subject.store.saveImage(chunks(image))).not.toBe(saved);
    });

    it('stores the picture without its metadata', async () => {
      const withMetadata = Buffer.concat([PNG, Buffer.from('taken at 48.8583 N, 2.2945 E')]);
      expect(await bytesOf(await subject.store.saveImage(chunks(withMetadata)))).toEqual(PNG);
    });

    it('refuses a picture with too many pixels, and stores nothing of it', async () => {
      const before = await subject.count();
      const large = Buffer.from(PNG);
      large.writeUInt32BE(4_097, 16);
      await expect(subject.store.saveImage(chunks(large))).rejects.toThrow(ValidationFailedError);
      expect(await subject.count()).toBe(before);
    });

    it('removes, and removing again is harmless', async () => {
      const saved = await subject.store.saveImage(chunks(PNG));
      await subject.store.removeImage(saved);
      await subject.store.removeImage(saved);
      expect(await subject.store.openImage(saved)).toBeNull();
    });

    it.each(NO_AVATARS)('refuses %s, and stores nothing of it', async (_label, content) => {
      const before = await subject.count();
      await expect(subject.store.saveImage(chunks(content))).rejects.toThrow(UnsupportedMediaTypeError);
      expect(await subject.count()).toBe(before);
    });

    it('accepts the largest allowed size, and reads at most one piece more', async () => {
      const before = await subject.count();
      expect(await bytesOf(await subject.store.saveImage(chunks(pngOf(1_000))))).toHaveLength(1_000);
      await expect(
        subject.store.saveImage(failing('read too far', pngOf(999), Buffer.alloc(2))),
      ).rejects.toThrow(PayloadTooLargeError);
      expect(await subject.count()).toBe(before + 1);
    });

    it('fails with the error of its source, and stores nothing', async () => {
      const before = await subject.count();
      await expect(subject.store.saveImage(failing('broken off', PNG))).rejects.toThrow('broken off');
      expect(await subject.count()).toBe(before);
    });

    it.each([
      '',
      '.',
      '..',
      '../secret.png',
      '/etc/passwd',
      'x.png',
      'a\0.png',
      `${crypto.randomUUID()}.part`,
    ])('knows no %j, and removes nothing by it', async (other) => {
      const before = await subject.count();
      expect(await subject.store.openImage(other)).toBeNull();
      await subject.store.removeImage(other);
      expect(await subject.count()).toBe(before);
    });
  });
}
