import { IncomingMessage } from 'node:http';

/** Pieces of a body whose size is not checked. */
const FREE_PIECES = 1_000;
/** Minimum average bytes of the pieces after those; a TCP segment has some hundreds. */
const PIECE = 64;

/**
 * A request whose body must come in pieces of a reasonable size. Each piece is an object of its own until the body is
 * complete: in chunks of one byte, 100 KiB would take 50 MiB and half a second. A connection with such a body is cut.
 */
export class BoundedRequest extends IncomingMessage {
  private pieces = 0;
  private bytes = 0;

  override push(piece: Buffer | null, encoding?: BufferEncoding): boolean {
    if (piece !== null && this.isTooFine(piece.length)) {
      this.destroy();
      return false;
    }
    return super.push(piece, encoding);
  }

  private isTooFine(length: number): boolean {
    this.pieces += 1;
    this.bytes += length;
    return this.pieces > FREE_PIECES + this.bytes / PIECE;
  }
}
