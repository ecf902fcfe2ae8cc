const FINAL_TEXT = 0x81;
const TWO_BYTES = 126;
const EIGHT_BYTES = 127;

/**
 * A websocket text frame as a server sends it (RFC 6455, 5.2): header and payload in one buffer, for one write.
 * @param own true for memory of its own: a slice of Node's pool would keep 64 KiB alive while the frame waits
 */
export function textFrame(text: string, own: boolean): Buffer {
  const length = Buffer.byteLength(text);
  const header = length < TWO_BYTES ? 2 : length < 0x1_0000 ? 4 : 10;
  const frame = own ? Buffer.allocUnsafeSlow(header + length) : Buffer.allocUnsafe(header + length);
  frame[0] = FINAL_TEXT;
  if (header === 2) frame[1] = length;
  else if (header === 4) {
    frame[1] = TWO_BYTES;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = EIGHT_BYTES;
    frame.writeUInt16BE(0, 2);
    frame.writeUIntBE(length, 4, 6);
  }
  frame.write(text, header);
  return frame;
}
