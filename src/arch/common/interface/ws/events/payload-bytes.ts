import { ValidationFailedError } from '../../../domain/errors/validation-failed.error.js';

/** Arrays and objects within each other; no event of ours has more than one. */
const MAX_DEPTH = 64;
/** UTF-16 units. */
const SHORT = 64;
/** Bytes that V8 takes for an array and an object, however empty, for a place in the one and a field of the other. */
const ARRAY = 40;
const OBJECT = 56;
const PLACE = 8;
const FIELD = 24;
const QUOTES = 2;

/**
 * About the bytes that a payload holds while it waits. Its JSON says too little: `[[],[],…` of 64 KiB is more than twenty
 * times as large once it is read. Nor is it written to measure it: binary parts count as they are, as often as the
 * payload names them, where JSON would spell out each of their bytes, and a packet of 64 KiB has room to name one of
 * 64 KiB two thousand times.
 * @throws ValidationFailedError when it is nested too deeply
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

/** Short texts, which are ids and names of fields, are not looked through. */
const bytesOf = (text: string): number => (text.length < SHORT ? text.length : Buffer.byteLength(text));
