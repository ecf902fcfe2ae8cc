import type { Random } from '../../../verify/random.js';

interface Scene {
  readonly actorId: string;
  readonly targetId: string;
  readonly random: Random;
}

/** A request to `/chat/conversations/:id` and what follows. */
export interface Action {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** What the owner and the admins may set. */
const randomSettings = (random: Random): object =>
  random.pick<object>([
    { title: `Title ${random.integer(1, 9)}` },
    { title: null },
    { metadata: { colour: random.integer(1, 9) } },
    { metadata: null },
    { posting: random.pick(['all', 'admins']) },
    { adding: random.pick(['all', 'admins']) },
    { title: 'Both', adding: 'all' },
    { slowModeSeconds: random.integer(0, 1) },
  ]);

/** What is the actor's alone: also the read position, forward and back. */
const randomOwn = (random: Random): object =>
  random.pick<object>([
    { notify: random.pick(['all', 'mentions', 'none']) },
    { mutedUntil: random.pick([null, '2100-01-01T00:00:00.000Z']) },
    { pinned: random.chance(0.5), archived: false },
    { lastReadSeq: random.integer(0, 50) },
    { lastReadSeq: 1_000_000 },
  ]);

/** Each with how often it is picked. */
const ACTIONS: readonly (readonly [number, (scene: Scene) => Action])[] = [
  [12, ({ random }) => ({ method: 'POST', path: '/messages', body: { content: `said ${random.next()}` } })],
  [
    4,
    ({ targetId, random }) => ({
      method: 'POST',
      path: '/members',
      body: { userId: targetId, history: random.pick(['all', 'all', 'none']) },
    }),
  ],
  [
    3,
    ({ random }) => ({ method: 'POST', path: '/invites', body: { history: random.pick(['all', 'none']) } }),
  ],
  [2, ({ targetId }) => ({ method: 'DELETE', path: `/members/${targetId}` })],
  [3, ({ actorId }) => ({ method: 'DELETE', path: `/members/${actorId}` })],
  [
    4,
    ({ targetId, random }) => ({
      method: 'PATCH',
      path: `/members/${targetId}`,
      body: { role: random.pick(['admin', 'member', 'owner']) },
    }),
  ],
  [3, ({ random }) => ({ method: 'PATCH', path: '', body: randomSettings(random) })],
  [1, ({ targetId }) => ({ method: 'PUT', path: `/bans/${targetId}`, body: {} })],
  [1, ({ targetId }) => ({ method: 'DELETE', path: `/bans/${targetId}` })],
  [4, ({ random }) => ({ method: 'PATCH', path: '/me', body: randomOwn(random) })],
  [0.5, () => ({ method: 'POST', path: '/clear' })],
  [0.1, () => ({ method: 'DELETE', path: '' })],
];
const TOTAL = ACTIONS.reduce((sum, [weight]) => sum + weight, 0);

/** An action that may be refused, of any kind that an account can take in a conversation. */
export function randomAction(scene: Scene): Action {
  let left = scene.random.next() * TOTAL;
  const [, make] = ACTIONS.find(([weight]) => (left -= weight) < 0) ?? [];
  if (!make) throw new Error('No action was picked.');
  return make(scene);
}
