import { IncomingMessage } from 'node:http';

/** Pieces of a body that may be as small as they like. */
const FREE_PIECES = 1_000;
/** Bytes that pieces have beyond those, on average; a TCP segment has some hundreds. */
const PIECE = 64;

/**
 * A request whose body comes in pieces worth their cost. Each is an object of its own until the body is whole: in chunks
 * of a byte each, 100 KiB would take 50 MiB and half a second. Whoever sends such a body is cut.
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
