import type { Random } from '../../../verify/random.js';
import type { Action } from './random-actions.js';

/** What there is of the messages of a conversation, or of a thread. */
interface MessageScene {
  /** The message that is changed, or replied to. */
  readonly messageId: string;
  readonly targetId: string;
  readonly random: Random;
}

/** Few kinds, so that several people choose the same one; the two hearts are one kind. */
const EMOJIS = ['👍', '🎉', ':ship:', '❤️', '❤'];

/** A message that replies, mentions, or has metadata, or several of these. */
const randomExtras = ({ messageId, targetId, random }: MessageScene): object => ({
  ...(random.chance(0.5) && { replyToId: messageId }),
  ...(random.chance(0.5) && { mentions: [targetId] }),
  ...(random.chance(0.15) && { mentionsAll: true }),
  ...(random.chance(0.2) && { metadata: { colour: random.integer(1, 9) } }),
});

const randomEdit = ({ targetId, random }: MessageScene): object =>
  random.pick<object>([
    { content: `edited ${random.next()}` },
    { content: `edited ${random.next()}` },
    { content: `edited ${random.next()}`, mentions: [targetId] },
    { mentions: random.pick([[], [targetId]]) },
    { mentionsAll: random.chance(0.5) },
    { metadata: random.pick([null, { colour: random.integer(1, 9) }]) },
  ]);

const react =
  (method: 'PUT' | 'DELETE', suffix: (scene: MessageScene) => string = () => '') =>
  (scene: MessageScene): Action => {
    const emoji = encodeURIComponent(scene.random.pick(EMOJIS));
    return { method, path: `/messages/${scene.messageId}/reactions/${emoji}${suffix(scene)}` };
  };

/** Each with its name, and how often it is picked. */
const ACTIONS: readonly (readonly [string, number, (scene: MessageScene) => Action])[] = [
  [
    'rich message',
    5,
    (scene) => ({
      method: 'POST',
      path: '/messages',
      body: { content: `said ${scene.random.next()}`, ...randomExtras(scene) },
    }),
  ],
  [
    'edit',
    6,
    (scene) => ({ method: 'PATCH', path: `/messages/${scene.messageId}`, body: randomEdit(scene) }),
  ],
  ['deletion', 1, ({ messageId }) => ({ method: 'DELETE', path: `/messages/${messageId}` })],
  ['pin', 2, ({ messageId }) => ({ method: 'PUT', path: `/messages/${messageId}/pin` })],
  ['unpin', 1, ({ messageId }) => ({ method: 'DELETE', path: `/messages/${messageId}/pin` })],
  ['reaction', 6, react('PUT')],
  ['reaction taken back', 2, react('DELETE')],
  ['reaction removed', 1, react('DELETE', ({ targetId }) => `/${targetId}`)],
];
const TOTAL = ACTIONS.reduce((sum, [, weight]) => sum + weight, 0);

const NAMES = ACTIONS.map(([name]) => name);
const OPENING = 'thread opened';
const FIRST = 'message';

/** What an action is called that was taken in a thread. */
export const inThread = (name: string): string => `${name} in a thread`;

/** The names of all of them; of those in threads, which are fewer, the frequent ones. */
export const MESSAGE_ACTIONS: readonly string[] = [
  ...NAMES,
  OPENING,
  ...[FIRST, 'rich message', 'edit', 'reaction'].map(inThread),
];

/** At any message of a conversation. */
export const threadOpening = (messageId: string): Action & { readonly name: string } => ({
  name: OPENING,
  method: 'PUT',
  path: `/messages/${messageId}/thread`,
});

/** Where there is no message yet. */
export const firstMessage = (random: Random): Action & { readonly name: string } => ({
  name: FIRST,
  method: 'POST',
  path: '/messages',
  body: { content: `said ${random.next()}` },
});

/** An action that may be refused, of any kind that an account can take with a message. */
export function randomMessageAction(scene: MessageScene): Action & { readonly name: string } {
  let left = scene.random.next() * TOTAL;
  const [name, , make] = ACTIONS.find(([, weight]) => (left -= weight) < 0) ?? [];
  if (name === undefined || !make) throw new Error('No action was picked.');
  return { name, ...make(scene) };
}
