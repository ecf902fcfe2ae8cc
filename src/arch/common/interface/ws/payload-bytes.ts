import { ValidationFailedError } from '../../domain/errors/validation-failed.error.js';

/** Arrays and objects within each other; no event of ours has more than one. */
const MAX_DEPTH = 64;

/** UTF-16 units. */
const SHORT = 64;

/**
 * About the bytes of a payload's JSON. Binary parts count as they are, as often as the payload names them: JSON spells
 * out each of their bytes, and a packet of 64 KiB has room to name one of 64 KiB two thousand times.
 * @throws ValidationFailedError when it is nested too deeply
 */
export function payloadBytes(payload: unknown, depth = 0): number {
  if (typeof payload === 'string') return 2 + bytesOf(payload);
  if (typeof payload !== 'object' || payload === null) return JSON.stringify(payload)?.length ?? 0;
  if (ArrayBuffer.isView(payload)) return payload.byteLength;
  if (depth === MAX_DEPTH) throw new ValidationFailedError([{ path: '', message: 'is nested too deeply' }]);
  // Brackets, and a comma less than there are parts.
  let bytes = 1;
  if (Array.isArray(payload)) for (const part of payload) bytes += 1 + payloadBytes(part, depth + 1);
  else {
    for (const name of Object.keys(payload)) {
      bytes += 4 + bytesOf(name) + payloadBytes((payload as Record<string, unknown>)[name], depth + 1);
    }
  }
  return bytes;
}

/** Short texts, which are ids and names of fields, are not looked through. */
const bytesOf = (text: string): number => (text.length < SHORT ? text.length : Buffer.byteLength(text));
