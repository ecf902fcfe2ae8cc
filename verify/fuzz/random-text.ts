import type { Random } from '../random.ts';

/** Names of inherited properties, which a lookup in a plain object finds by mistake. */
const INHERITED = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  '__defineGetter__',
  'toJSON',
  'then',
  'length',
  'name',
];
const ODD = [
  '',
  '0',
  '-1',
  'null',
  'undefined',
  'NaN',
  ' ',
  '..',
  '%00',
  '$where',
  '[object Object]',
  'a.b',
  '🦀',
  'é',
];
const EVENTS = [
  'join_room',
  'leave_room',
  'join_all',
  'send_message',
  'mark_read',
  'typing',
  'authenticate',
  'connect',
  'disconnect',
  'error',
  'newListener',
];
const FIELDS = [
  'email',
  'password',
  'displayName',
  'content',
  'clientMessageId',
  'conversationId',
  'memberIds',
  'userId',
  'title',
  'visibility',
  'bio',
  'refreshToken',
  'newPassword',
  'seq',
  'isTyping',
  'token',
];
const PARAMETERS = [
  'sid',
  'transport',
  'EIO',
  'j',
  't',
  'b64',
  'page',
  'limit',
  'cursor',
  'before',
  'since',
  'search',
];
const UUID = '00000000-0000-4000-8000-000000000000';

/** @returns an unusual string, which may have a special meaning for the server */
export function oddString(random: Random): string {
  if (random.chance(0.5)) return random.pick(INHERITED);
  return random.chance(0.9) ? random.pick(ODD) : 'a'.repeat(random.integer(1, 5_000));
}

/** @returns a generator of strings that are mostly among the known ones */
const mostlyFrom = (known: readonly string[]) => (random: Random) =>
  random.chance(0.75) ? random.pick(known) : oddString(random);

export const randomEventName = mostlyFrom(EVENTS);
const randomFieldName = mostlyFrom(FIELDS);
export const randomNamespace = mostlyFrom([
  '/chat',
  '/chat',
  '/chat',
  '/',
  '/nowhere',
  '/Chat',
  '/chat/',
  '/__proto__',
]);

/** Generates JSON text directly, so that names can be repeated and `__proto__` is a normal name. */
export function randomJson(random: Random, known: readonly string[], depth = 3): string {
  const kind = random.integer(0, depth > 0 ? 9 : 6);
  if (kind === 0) return random.pick(['null', 'true', 'false']);
  if (kind === 1)
    return random.pick([
      '0',
      '-0',
      '1',
      '-1',
      '1e999',
      '9007199254740993',
      '0.5',
      String(random.integer(1, 99)),
    ]);
  if (kind === 2) return JSON.stringify(oddString(random));
  if (kind === 3) return random.pick([`"${UUID}"`, '"\\u0000"', '"\\ud800"', '"\\u202e"']);
  if (kind <= 6) return known.length > 0 ? JSON.stringify(random.pick(known)) : '""';
  const values = Array.from({ length: random.integer(0, 4) }, () => randomJson(random, known, depth - 1));
  if (kind === 7) return `[${values.join(',')}]`;
  return `{${values.map((value) => `${JSON.stringify(randomFieldName(random))}:${value}`).join(',')}}`;
}

/** @returns a query string with the parameters, some of them repeated, missing or with another value */
export function randomQuery(random: Random, parameters: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(parameters).filter(() => random.chance(0.97));
  const names = Object.keys(parameters);
  while (random.chance(0.35)) {
    const name = mostlyFrom(names.length > 0 && random.chance(0.6) ? names : PARAMETERS)(random);
    const pair: [string, string] = [name, random.chance(0.7) ? oddString(random) : (parameters[name] ?? '1')];
    pairs.splice(random.integer(0, pairs.length), 0, pair);
  }
  const text = pairs.map(([name, value]) =>
    random.chance(0.05) ? name : `${encodePart(random, name)}=${encodePart(random, value)}`,
  );
  return text.length > 0 ? `?${text.join('&')}` : '';
}

/** Encodes a part of the query; sometimes in a way that parsers interpret differently. */
function encodePart(random: Random, text: string): string {
  if (random.chance(0.03)) return `${encodeURIComponent(text)}%`;
  if (random.chance(0.03)) return `${encodeURIComponent(text)}[]`;
  return encodeURIComponent(text);
}
