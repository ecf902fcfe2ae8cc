import type { Random } from '../../../verify/random.js';
import type { Action } from './random-actions.js';

/** What there is of a conversation's messages. */
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

/** The names of all of them. */
export const MESSAGE_ACTIONS: readonly string[] = ACTIONS.map(([name]) => name);

/** An action that may be refused, of any kind that an account can take with a message. */
export function randomMessageAction(scene: MessageScene): Action & { readonly name: string } {
  let left = scene.random.next() * TOTAL;
  const [name, , make] = ACTIONS.find(([, weight]) => (left -= weight) < 0) ?? [];
  if (name === undefined || !make) throw new Error('No action was picked.');
  return { name, ...make(scene) };
}
