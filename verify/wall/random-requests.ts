import type { Random } from '../random.ts';
import type { State, WallAct } from './wall.ts';

/** Who acts, and on what. */
interface Scene {
  readonly person: number;
  readonly userIds: readonly string[];
  readonly random: Random;
  /** Messages that somebody knows of. */
  readonly known: readonly State[];
  /** That nobody has written before. */
  readonly text: string;
  readonly isThread: boolean;
  /** Whether another thread may be opened here. */
  readonly mayOpen: boolean;
}

/** A request, and what it is in the record. */
export interface WallRequest extends Pick<WallAct, 'kind' | 'message' | 'value' | 'subject'> {
  /** Or the name of an event over the socket. */
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

const EMOJIS = ['👍', '🎉', ':ship:'];
/** The owner renames the wall: a change that is none of a message. */
const OWNER = 0;

const mention = ({ userIds, random }: Scene): object => ({
  ...(random.chance(0.4) && { mentions: random.sample(userIds, random.integer(1, 3)) }),
  ...(random.chance(0.05) && { mentionsAll: true }),
});

function send(scene: Scene): WallRequest {
  const { random, known, text } = scene;
  const target = known.length > 0 && random.chance(0.4) && random.pick(known);
  const body = { content: text, ...mention(scene), ...(target && { replyToId: target.id }) };
  return { kind: 'send', message: '', value: text, subject: -1, method: 'POST', path: '/messages', body };
}

function edit(scene: Scene, { id, rev }: State): WallRequest {
  const { random, text } = scene;
  const body = { content: text, ...mention(scene), ...(random.chance(0.2) && { expectedRev: rev }) };
  return {
    kind: 'edit',
    message: id,
    value: text,
    subject: -1,
    method: 'PATCH',
    path: `/messages/${id}`,
    body,
  };
}

function react({ person, random }: Scene, { id, reactions }: State): WallRequest {
  const value = random.pick(EMOJIS);
  const path = `/messages/${id}/reactions/${encodeURIComponent(value)}`;
  const had = reactions.some(({ emoji, people }) => emoji === value && people.includes(person));
  const kind = had ? 'unreact' : 'react';
  return { kind, message: id, value, subject: person, method: had ? 'DELETE' : 'PUT', path };
}

function remove({ userIds, random }: Scene, { id }: State): WallRequest {
  const subject = random.integer(0, userIds.length - 1);
  const value = random.pick(EMOJIS);
  const path = `/messages/${id}/reactions/${encodeURIComponent(value)}/${userIds[subject]}`;
  return { kind: 'remove', message: id, value, subject, method: 'DELETE', path };
}

function pin({ id, isPinned }: State): WallRequest {
  const [kind, method] = isPinned ? (['unpin', 'DELETE'] as const) : (['pin', 'PUT'] as const);
  return { kind, message: id, value: '', subject: -1, method, path: `/messages/${id}/pin` };
}

/** A thread at a message; whoever opens the same one at the same time is answered with it. */
const open = ({ id }: State): WallRequest => ({
  kind: 'open',
  message: id,
  value: '',
  subject: -1,
  method: 'PUT',
  path: `/messages/${id}/thread`,
});

/** What a person does with a thread that changes nothing in it. */
function attend({ random, known }: Scene): WallRequest {
  const seq = random.pick(known).seq;
  const none = { message: '', value: '', subject: -1 };
  return random.pick<WallRequest>([
    { ...none, kind: 'follow', method: 'PUT', path: '/follow' },
    { ...none, kind: 'unfollow', method: 'DELETE', path: '/follow' },
    { ...none, kind: 'mark', method: 'mark_read', path: '', body: { seq } },
    { ...none, kind: 'mark', method: 'mark_read', path: '', body: { seq } },
  ]);
}

/** Mostly what the roles allow: the author edits, and the owner and the admin pin. */
export function randomWallRequest(scene: Scene): WallRequest {
  const { person, random, known, text } = scene;
  const own = known.filter(({ sender, isDeleted }) => sender === person && !isDeleted);
  const dice = random.next();
  if (known.length < 3 || dice < 0.25) return send(scene);
  if (scene.mayOpen && random.chance(0.1)) return open(random.pick(known));
  if (scene.isThread && random.chance(0.1)) return attend(scene);
  if (person === OWNER && !scene.isThread && dice < 0.27)
    return {
      kind: 'rename',
      message: '',
      value: text,
      subject: -1,
      method: 'PATCH',
      path: '',
      body: { title: text },
    };
  if (dice < 0.5) return edit(scene, random.pick(own.length > 0 && random.chance(0.9) ? own : known));
  const state = random.pick(own.length > 0 && random.chance(0.5) ? own : known);
  if (dice < 0.82) return react(scene, random.pick(known));
  if (dice < 0.84) return remove(scene, state);
  const pinned = known.filter(({ isPinned, isDeleted }) => isPinned && !isDeleted);
  if (dice < 0.94) return pin(pinned.length > 0 && random.chance(0.5) ? random.pick(pinned) : state);
  return {
    kind: 'delete',
    message: state.id,
    value: '',
    subject: -1,
    method: 'DELETE',
    path: `/messages/${state.id}`,
  };
}
