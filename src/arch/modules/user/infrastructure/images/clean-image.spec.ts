import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  JPEG,
  NO_AVATARS,
  PNG,
  pngChunk,
  segment,
  WEBP,
} from '../../../../../../test/fakes/avatar-images.js';
import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { AvatarTypeError } from '../../domain/errors/avatar-type.error.js';
import { cleanImage } from './clean-image.js';
import { orientationOf } from './exif-orientation.js';

const TOLD = 'GPS 48.8583 N, 2.2945 E';
const told = Buffer.from(TOLD);

/** Exif that says which way up, and where. @param little whether in Intel's byte order */
function exif(orientation: number, little = false): Buffer {
  const tiff = Buffer.alloc(38);
  tiff.write(little ? 'II' : 'MM');
  const uint16 = (value: number, at: number) =>
    little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const uint32 = (value: number, at: number) =>
    little ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  uint16(42, 2);
  uint32(8, 4);
  uint16(2, 8);
  for (const [index, [tag, type, value]] of [
    [0x01_0f, 2, 0],
    [0x01_12, 3, orientation],
  ].entries()) {
    const at = 10 + index * 12;
    uint16(tag ?? 0, at);
    uint16(type ?? 0, at + 2);
    uint32(1, at + 4);
    uint16(value ?? 0, at + 8);
  }
  return Buffer.concat([tiff, told]);
}

const header = (text: string, data: Buffer) => Buffer.concat([Buffer.from(text, 'latin1'), data]);
const png = (...chunks: Buffer[]) => Buffer.concat([PNG.subarray(0, 33), ...chunks, PNG.subarray(33)]);
const jpeg = (...segments: Buffer[]) => Buffer.concat([JPEG.subarray(0, 20), ...segments, JPEG.subarray(20)]);

function webpChunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type);
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}
function webp(...chunks: Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from('WEBP'), ...chunks]);
  return webpChunk('RIFF', body);
}
const PIXEL = WEBP.subarray(12);
const extended = (flags: number, ...chunks: Buffer[]) =>
  webp(webpChunk('VP8X', Buffer.from([flags, 0, 0, 0, 0, 0, 0, 0, 0, 0])), PIXEL, ...chunks);
const frame = (...chunks: Buffer[]) => webpChunk('ANMF', Buffer.concat([Buffer.alloc(16), ...chunks]));

/** Pictures in which something is told wherever something can be, and what is left of each. */
const TELLING: readonly (readonly [string, Buffer])[] = [
  ['PNG texts', png(...['tEXt', 'zTXt', 'iTXt', 'tIME', 'prVt'].map((type) => pngChunk(type, told)))],
  ['PNG behind the end', Buffer.concat([PNG, told])],
  ['PNG Exif', png(pngChunk('eXIf', exif(1)))],
  ['JPEG comment', jpeg(segment(0xfe, told))],
  ['JPEG Exif', jpeg(segment(0xe1, header('Exif\0\0', exif(1))))],
  ['JPEG XMP', jpeg(segment(0xe1, header('http://ns.adobe.com/xap/1.0/\0', told)))],
  [
    'JPEG in every application segment',
    jpeg(...Array.from({ length: 16 }, (_, n) => segment(0xe0 + n, told))),
  ],
  ['JPEG other pictures', jpeg(segment(0xe2, header('MPF\0', told)))],
  ['JPEG behind the end', Buffer.concat([JPEG, JPEG, told])],
  ['WebP Exif', extended(0x08, webpChunk('EXIF', exif(1)))],
  ['WebP XMP', extended(0x04, webpChunk('XMP ', told))],
  ['WebP unknown', extended(0, webpChunk('TOLD', told))],
  ['WebP unknown in a frame', extended(0x02, frame(PIXEL, webpChunk('TOLD', told)))],
  ['WebP behind the end', Buffer.concat([WEBP, told])],
];

const refusalOf = (file: Buffer): unknown => {
  try {
    return cleanImage(file) && null;
  } catch (error) {
    return error;
  }
};

describe('a picture', () => {
  it.each([
    ['image/png', PNG],
    ['image/jpeg', JPEG],
    ['image/webp', WEBP],
  ])('of %s that tells nothing stays as it is', (type, file) => {
    expect(cleanImage(file)).toEqual({ type, content: file });
  });

  it.each(TELLING)('tells nothing any more: %s', (_, file) => {
    expect(file.includes(told)).toBe(true);
    const { content } = cleanImage(file);
    expect(content.includes(told)).toBe(false);
    expect(content.length).toBeLessThan(file.length);
    expect(cleanImage(content).content).toEqual(content);
  });

  it('tells nothing in a thumbnail', () => {
    const thumbnail = Buffer.from(JPEG);
    const jfif = segment(0xe0, Buffer.concat([JPEG.subarray(6, 18), Buffer.from([1, 8]), told]));
    expect(
      cleanImage(Buffer.concat([thumbnail.subarray(0, 2), jfif, thumbnail.subarray(20)])).content,
    ).toEqual(JPEG);
  });

  it.each([
    ['PNG', (tiff: Buffer) => png(pngChunk('eXIf', tiff))],
    ['JPEG', (tiff: Buffer) => jpeg(segment(0xe1, header('Exif\0\0', tiff)))],
    ['WebP', (tiff: Buffer) => extended(0x08, webpChunk('EXIF', tiff))],
    ['WebP with a header', (tiff: Buffer) => extended(0x08, webpChunk('EXIF', header('Exif\0\0', tiff)))],
  ])('stays upright as %s, in either byte order, and tells no more than that', (_, make) => {
    for (const little of [true, false]) {
      for (let orientation = 1; orientation <= 8; orientation += 1) {
        const { content } = cleanImage(make(exif(orientation, little)));
        const at = content.indexOf('MM\0*');
        expect(at === -1).toBe(orientation === 1);
        if (at !== -1) expect(orientationOf(content.subarray(at))).toBe(orientation);
        expect(content.includes(told)).toBe(false);
        expect(cleanImage(content).content).toEqual(content);
      }
    }
  });

  it('keeps its colours', () => {
    const profile = Buffer.from('a profile');
    const kept = [
      png(pngChunk('iCCP', profile)),
      jpeg(segment(0xe2, header('ICC_PROFILE\0', profile)), segment(0xee, header('Adobe', Buffer.alloc(7)))),
      webp(
        webpChunk('VP8X', Buffer.from([0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
        webpChunk('ICCP', profile),
        PIXEL,
      ),
    ];
    for (const file of kept) expect(cleanImage(file).content).toEqual(file);
  });

  it('keeps its animation', () => {
    const animation = extended(0x02, webpChunk('ANIM', Buffer.alloc(6)), frame(PIXEL), frame(PIXEL));
    expect(cleanImage(animation).content).toEqual(animation);
  });

  it('that the file ends in is whole', () => {
    expect(cleanImage(JPEG.subarray(0, -2)).content).toEqual(JPEG);
  });
});

describe('a picture may have 4,096 × 4,096 pixels and no more:', () => {
  const withSize = (file: Buffer, write: (copy: Buffer) => void): Buffer => {
    const copy = Buffer.from(file);
    write(copy);
    return copy;
  };
  const pngSize = (width: number, height: number) =>
    withSize(PNG, (copy) => {
      copy.writeUInt32BE(width, 16);
      copy.writeUInt32BE(height, 20);
    });
  const sof = JPEG.indexOf(Buffer.from('ffc0', 'hex'));
  const jpegSize = (width: number, height: number) =>
    withSize(JPEG, (copy) => {
      copy.writeUInt16BE(height, sof + 5);
      copy.writeUInt16BE(width, sof + 7);
    });
  const losslessSize = (width: number, height: number) =>
    withSize(WEBP, (copy) => copy.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 21));
  const lossySize = (width: number, height: number) => {
    const data = Buffer.from('0000009d012a00000000', 'hex');
    data.writeUInt16LE(width, 6);
    data.writeUInt16LE(height, 8);
    return webp(webpChunk('VP8 ', data));
  };
  const canvasSize = (width: number, height: number) =>
    withSize(extended(0), (copy) => {
      copy.writeUIntLE(width - 1, 24, 3);
      copy.writeUIntLE(height - 1, 27, 3);
    });
  const frameSize = (width: number, height: number) =>
    extended(0x02, frame(losslessSize(width, height).subarray(12)));

  it.each([
    ['PNG', pngSize],
    ['JPEG', jpegSize],
    ['lossless WebP', losslessSize],
    ['lossy WebP', lossySize],
    ['extended WebP', canvasSize],
    ['a frame of a WebP', frameSize],
  ])('%s', (_, make) => {
    expect(refusalOf(make(4_096, 4_096))).toBeNull();
    for (const [width, height] of [
      [4_097, 1],
      [1, 4_097],
      [16_000, 16_000],
    ] as const) {
      const refusal = refusalOf(make(width, height));
      expect(refusal).toBeInstanceOf(ValidationFailedError);
      expect(refusal).toMatchObject({ details: [{ path: 'avatar' }] });
    }
  });

  it.each([
    ['PNG', pngSize(0, 1)],
    ['JPEG', jpegSize(1, 0)],
    ['WebP', lossySize(0, 0)],
  ])('and a %s has one at least', (_, file) => {
    expect(refusalOf(file)).toBeInstanceOf(AvatarTypeError);
  });
});

describe('refused is', () => {
  it.each([
    ...NO_AVATARS,
    ['a PNG without an end', PNG.subarray(0, -12)],
    ['a PNG without a picture', Buffer.concat([PNG.subarray(0, 33), PNG.subarray(-12)])],
    ['a PNG with two headers', png(PNG.subarray(8, 33))],
    ['a PNG that needs what nobody knows', png(pngChunk('CgBI', told))],
    ['a JPEG without a scan', jpeg().subarray(0, -13)],
    ['a JPEG with two frames', jpeg(segment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0])))],
    ['a JPEG with something between', jpeg(Buffer.from('x'))],
    ['a WebP without a picture', webp()],
    ['a WebP that is longer than its file', WEBP.subarray(0, -4)],
    ['a WebP with frames in frames', extended(0x02, frame(frame(PIXEL)))],
    ['a PNG of chunks without end', png(...Array<Buffer>(10_001).fill(pngChunk('tEXt', Buffer.alloc(0))))],
  ] as readonly (readonly [string, Buffer])[])('%s', (_, file) => {
    expect(refusalOf(file)).toBeInstanceOf(AvatarTypeError);
  });
});

it('whatever comes is cleaned once and for all, or refused in one of two ways', () => {
  const whole = [PNG, JPEG, WEBP, ...TELLING.map(([, file]) => file)];
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
  fc.assert(
    fc.property(fc.oneof(changed, begun), (file) => {
      const refusal = refusalOf(file);
      if (refusal === null) {
        const { type, content } = cleanImage(file);
        expect(cleanImage(content)).toEqual({ type, content });
        expect(content.length).toBeLessThanOrEqual(file.length + 38);
      } else if (!(refusal instanceof AvatarTypeError)) {
        expect(refusal).toBeInstanceOf(ValidationFailedError);
      }
    }),
    { numRuns: 3_000 },
  );
});
