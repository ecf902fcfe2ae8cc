import { ValidationFailedError } from '../../../domain/errors/validation-failed.error.js';

/** Levels of nested arrays and objects; our own events have one. */
const MAX_DEPTH = 64;
/** UTF-16 units. */
const SHORT = 64;
/** Bytes that V8 takes for an empty array, an empty object, an element of an array and a field of an object. */
const ARRAY = 40;
const OBJECT = 56;
const PLACE = 8;
const FIELD = 24;
const QUOTES = 2;

/**
 * Estimates the bytes that a payload holds while it waits. The length of its JSON is too small: `[[],[],…` of 64 KiB
 * takes more than twenty times as much after parsing. The payload is not serialized to measure it: binary parts count
 * with their own size, as often as the payload refers to them; JSON would write out each of their bytes, and a packet
 * of 64 KiB can refer to a part of 64 KiB two thousand times.
 * @throws ValidationFailedError when the payload is nested too deeply
 */
export function payloadBytes(payload: unknown, depth = 0): number {
  if (payload === undefined) return 0;
  if (typeof payload === 'string') return QUOTES + bytesOf(payload);
  if (typeof payload !== 'object' || payload === null) return PLACE;
  if (ArrayBuffer.isView(payload)) return payload.byteLength;
  if (depth === MAX_DEPTH) throw new ValidationFailedError([{ path: '', message: 'is nested too deeply' }]);
  if (Array.isArray(payload)) {
    let bytes = ARRAY;
    for (const part of payload) bytes += PLACE + payloadBytes(part, depth + 1);
    return bytes;
  }
  let bytes = OBJECT;
  for (const name of Object.keys(payload)) {
    bytes += FIELD + bytesOf(name) + payloadBytes((payload as Record<string, unknown>)[name], depth + 1);
  }
  return bytes;
}

/** Short texts, such as ids and field names, count by their length without encoding them. */
const bytesOf = (text: string): number => (text.length < SHORT ? text.length : Buffer.byteLength(text));
