import { MAX_PACKET, MAX_POST_PACKETS } from '../engine/packet-limits.js';

/** engine.io's separator between the packets of a POST. */
const SEPARATOR = '\u001e';

/** Measures the packets of one POST while they arrive. */
export class PostMeter {
  private packets = 1;
  /** Bytes so far of the packet that is arriving. */
  private bytes = 0;

  /** @returns whether all packets so far are within the limits */
  measureChunk(chunk: string): boolean {
    const [rest = '', ...begun] = chunk.split(SEPARATOR);
    this.bytes += Buffer.byteLength(rest);
    let largest = this.bytes;
    for (const packet of begun) {
      this.bytes = Buffer.byteLength(packet);
      largest = Math.max(largest, this.bytes);
    }
    this.packets += begun.length;
    return largest <= MAX_PACKET && this.packets <= MAX_POST_PACKETS;
  }
}
