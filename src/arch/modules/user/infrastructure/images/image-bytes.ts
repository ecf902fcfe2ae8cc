import { notAnImage } from './not-an-image.js';

/** Forty times as many as the chunks of a file of 2 MiB in pieces of 8 KiB. */
const MAX_PARTS = 10_000;

/**
 * Bytes of a picture, read from front to back. A file that ends too early is refused.
 * @throws UnsupportedMediaTypeError
 */
export class ImageBytes {
  private at = 0;
  private parts = 0;

  constructor(private readonly bytes: Buffer) {}

  get left(): number {
    return this.bytes.length - this.at;
  }

  /**
   * Counts a chunk or a segment.
   * @throws UnsupportedMediaTypeError when there are more than any picture has
   */
  beginPart(): void {
    this.parts += 1;
    if (this.parts > MAX_PARTS) throw notAnImage();
  }

  takeBytes(count: number): Buffer {
    if (count > this.left) throw notAnImage();
    const taken = this.bytes.subarray(this.at, this.at + count);
    this.at += count;
    return taken;
  }

  /** The bytes up to the offset that `find` returns, or all that are left. */
  takeUntil(find: (rest: Buffer) => number): Buffer {
    const at = find(this.bytes.subarray(this.at));
    return this.takeBytes(at === -1 ? this.left : at);
  }

  uint8(): number {
    return this.takeBytes(1).readUInt8();
  }

  uint16(): number {
    return this.takeBytes(2).readUInt16BE();
  }

  uint32(): number {
    return this.takeBytes(4).readUInt32BE();
  }

  uint24LE(): number {
    return this.takeBytes(3).readUIntLE(0, 3);
  }

  uint32LE(): number {
    return this.takeBytes(4).readUInt32LE();
  }

  text(count: number): string {
    return this.takeBytes(count).toString('latin1');
  }
}
