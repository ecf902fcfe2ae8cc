/** Typical phrases of copied samples: a secret that contains one has not been chosen. */
const SAMPLE_PHRASES = [
  'change me, change this, replace me, replace this, secret here, secret key, your secret, my secret',
  'super secret, jwt secret, access secret, example, sample, placeholder, insecure',
].flatMap((line) => line.split(', '));
const SAMPLE = new RegExp(
  SAMPLE_PHRASES.map((phrase) => phrase.split(' ').map(spellingsOf).join('.?')).join('|'),
);

/** Words of samples, tutorials and passwords; longer ones first, so that a match covers as much as possible. */
const WORDS = [
  'administrator correcthorse batterystaple authentication authorization causerie certificate',
  'characters configuration credential database deadbeef cafebabe default development dontuse environment',
  'generate iloveyou keyboard localhost passphrase password postgres private production random replace',
  'security sensitive signature signing something staging super temporary welcome',
  'access admin bytes change dragon dummy fixme hidden hunter letmein lorem ipsum minimum monkey please',
  'qwerty refresh secret secure server simple string strong token unsafe verify',
  'auth chat demo docker guest hello here jwt key long least login must need node none null pass root',
  'safe test this todo true user very with your prod',
]
  .flatMap((line) => line.split(' '))
  .toSorted((one, other) => other.length - one.length);
const KNOWN_WORD = new RegExp(WORDS.join('|'), 'g');

const SEQUENCES = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'azerty',
];
/** Minimum length of a run of characters: runs of three occur by chance. */
const RUN_LENGTH = 4;
const RUN = new RegExp(`(.)\\1{${RUN_LENGTH - 1},}|${SEQUENCES.flatMap(runsOf).join('|')}`, 'g');

const FEWEST_CHARACTERS = 8;
const FEWEST_BYTES = 32;

/** The reason why a signing secret could be guessed, as the rest of a sentence; undefined when there is none. */
export function weaknessOf(secret: string): string | undefined {
  if (Buffer.byteLength(secret) < FEWEST_BYTES) return `must have at least ${FEWEST_BYTES} bytes`;
  if (SAMPLE.test(secret) || isHalfKnown(secret)) return 'must not be a sample value';
  if (isRepetition(secret)) return 'must not be a sample value that repeats one sequence';
  if (new Set(secret).size >= FEWEST_CHARACTERS) return undefined;
  return `must have at least ${FEWEST_CHARACTERS} different characters, unlike a sample value`;
}

/** A word as people write it. Random letters that only read like one have capitals anywhere. */
function spellingsOf(word: string): string {
  return `(?:${word}|${word.charAt(0).toUpperCase()}${word.slice(1)}|${word.toUpperCase()})`;
}

/** Whether a sequence of at most half the length is repeated to the end. */
function isRepetition(text: string): boolean {
  for (let period = 1; period <= text.length / 2; period += 1) {
    if (text.startsWith(text.slice(period))) return true;
  }
  return false;
}

/** Whether known words and runs make up half of its letters and digits; digits may replace letters of a word. */
function isHalfKnown(secret: string): boolean {
  const text = secret.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const words = text.replaceAll('0', 'o').replaceAll('1', 'i').replaceAll('3', 'e').replaceAll('5', 's');
  const known = new Set<number>();
  for (const { index, 0: part } of [...words.matchAll(KNOWN_WORD), ...text.matchAll(RUN)]) {
    for (let at = index; at < index + part.length; at += 1) known.add(at);
  }
  return known.size >= text.length / 2;
}

/** Every run in a sequence, forwards and backwards. */
function runsOf(sequence: string): string[] {
  const backwards = Array.from(sequence).toReversed().join('');
  return [sequence, backwards].flatMap((text) =>
    Array.from({ length: text.length - RUN_LENGTH + 1 }, (_, at) => text.slice(at, at + RUN_LENGTH)),
  );
}
