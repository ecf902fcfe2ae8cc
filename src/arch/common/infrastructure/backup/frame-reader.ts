import { DATA, FRAME_HEADER, MAX_FRAME } from './backup-frames.js';

export interface Frame {
  readonly kind: number;
  readonly bytes: Buffer;
}

/**
 * Splits a stream of bytes into the frames of a backup.
 * @throws SyntaxError for an invalid or incomplete frame
 */
export class FrameReader {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);
  /** The first frame after the contents that were read last. */
  private ahead: Frame | undefined;
  private inContents = false;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.chunks = chunks[Symbol.asyncIterator]();
  }

  /** Undefined at the end. */
  async nextFrame(): Promise<Frame | undefined> {
    const header = await this.takeBytes(FRAME_HEADER);
    if (header.length === 0) return undefined;
    if (header.length < FRAME_HEADER) throw new SyntaxError('half a frame');
    const length = header.readUInt32BE(1);
    if (length > MAX_FRAME) throw new SyntaxError('no frame');
    const bytes = await this.takeBytes(length);
    if (bytes.length < length) throw new SyntaxError('half a frame');
    return { kind: header.readUInt8(0), bytes };
  }

  /** The data that follows a head. */
  async *frameContents(): AsyncGenerator<Uint8Array> {
    this.inContents = true;
    for (;;) {
      this.ahead = await this.nextFrame();
      if (this.ahead?.kind !== DATA) break;
      yield this.ahead.bytes;
    }
    this.inContents = false;
  }

  /** The frame after the contents, whether or not these were read. */
  async afterContents(): Promise<Frame | undefined> {
    if (this.ahead === undefined || this.inContents) for await (const _ of this.frameContents());
    const frame = this.ahead;
    this.ahead = undefined;
    return frame;
  }

  /** Fewer bytes only at the end. */
  private async takeBytes(length: number): Promise<Buffer> {
    while (this.rest.length < length) {
      const { value, done } = await this.chunks.next();
      if (done === true) break;
      this.rest = this.rest.length === 0 ? value : Buffer.concat([this.rest, value]);
    }
    const taken = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(taken.length);
    return taken;
  }
}
