import { expect, it } from 'vitest';
import { checkHistory } from '../../verify/check/check-history.ts';
import type { ViolationKind } from '../../verify/check/violation.ts';
import { Recorder } from '../../verify/recorder.ts';
import type { State, Wall, WallAct } from '../../verify/wall/wall.ts';

const [ANNA, BERT, CLEO, NOBODY] = [0, 1, 2, -1];

type Changeable<T> = T extends object ? { -readonly [Key in keyof T]: Changeable<T[Key]> } : T;
type Plant = (wall: Changeable<Wall>) => void;

const state = (id: string, seq: number, rev: number, sender: number, given: Partial<State>): State => {
  const all = {
    id,
    seq,
    rev,
    sender,
    content: '',
    createdAt: `at ${seq}`,
    isDeleted: false,
    isPinned: false,
    mentions: [],
    thread: null,
    ...given,
  };
  return { reactions: [], ...all, fields: JSON.stringify(all) };
};

const thread = (replyCount: number, lastReplyAt: string) => ({ id: 'thread', replyCount, lastReplyAt });

/**
 * Anna writes a message, edits it, and Cleo reacts to it; Bert mentions Cleo in one, and pins it; Cleo deletes hers; Anna gives
 * the wall another name, with rev 8. At last Anna opens a thread at the message of Bert, and he writes in it.
 */
const STATES: readonly State[] = [
  state('a', 1, 1, ANNA, { content: 'one' }),
  state('b', 2, 2, BERT, { content: 'two', mentions: [CLEO] }),
  state('a', 1, 3, ANNA, { content: 'one, edited' }),
  state('a', 1, 4, ANNA, {
    content: 'one, edited',
    reactions: [{ emoji: '👍', count: 1, people: [CLEO] }],
  }),
  state('b', 2, 5, BERT, { content: 'two', mentions: [CLEO], isPinned: true }),
  state('c', 3, 6, CLEO, { content: 'three' }),
  state('c', 3, 7, CLEO, { isDeleted: true }),
  state('b', 2, 9, BERT, { content: 'two', mentions: [CLEO], isPinned: true, thread: thread(0, '') }),
  state('b', 2, 10, BERT, { content: 'two', mentions: [CLEO], isPinned: true, thread: thread(1, 'at 1') }),
];
const last = () => [3, 8, 6];
const REPLY = state('r', 1, 1, BERT, { content: 'a reply', mentions: [ANNA] });

const act = (kind: WallAct['kind'], actor: number, message: string, rev: number, value = ''): WallAct => {
  const subject = kind === 'react' ? actor : NOBODY;
  return { kind, actor, message, value, subject, outcome: 'done', rev, ended: rev };
};

function cleanWall(): Changeable<Wall> {
  const reaction = { id: 'a', emoji: '👍', person: CLEO };
  const own = (person: number) => (person === CLEO ? [{ id: 'a', emojis: ['👍'] }] : []);
  const wall: Wall = {
    id: 'wall',
    root: null,
    outside: [],
    people: ['Anna', 'Bert', 'Cleo'],
    acts: [
      act('send', ANNA, 'a', 1, 'one'),
      act('send', BERT, 'b', 2, 'two'),
      act('edit', ANNA, 'a', 3, 'one, edited'),
      act('react', CLEO, 'a', 4, '👍'),
      act('pin', BERT, 'b', 5),
      act('send', CLEO, 'c', 6, 'three'),
      act('delete', CLEO, 'c', 0),
      act('rename', ANNA, '', 0, 'title'),
      act('open', ANNA, 'b', 0),
      { ...act('edit', ANNA, 'b', 0, 'not mine'), outcome: 'refused' },
    ],
    states: STATES,
    ears: [
      { person: ANNA, connection: 1, revAtJoin: 0, untilEnd: true, heard: [0, 1, 2, 3, 4, 5, 6, 7, 8] },
      { person: BERT, connection: 2, revAtJoin: 1, untilEnd: false, heard: [1] },
      // Joined late: the first messages are not for this connection.
      { person: CLEO, connection: 3, revAtJoin: 4, untilEnd: true, heard: [4, 5, 6, 7, 8] },
    ],
    reads: [{ person: BERT, begun: 6, states: [5], texts: ['three'] }],
    keptStates: [ANNA, BERT, CLEO].map((person) => ({ person, states: last(), own: own(person) })),
    end: {
      rev: 10,
      states: last(),
      changed: last(),
      logged: [8],
      reactions: [reaction],
      pins: ['b'],
      readers: [ANNA, BERT, CLEO].map((person) => ({
        person,
        mentions: person === CLEO ? ['b'] : [],
        mentionCount: person === CLEO ? 1 : 0,
        lastReadSeq: 0,
        unreadCount: 3,
        own: own(person),
        threads: person === CLEO ? [] : [followed(person)],
        unreadThreads: person === ANNA ? ['thread'] : [],
        unreadTotal: person === ANNA ? { told: 1, listed: 1 } : { told: 0, listed: 0 },
      })),
    },
  };
  // Only an acknowledged deletion has a time from which on nothing may be answered.
  const changeable = structuredClone(wall) as Changeable<Wall>;
  there(changeable.acts[6]).ended = 7;
  return changeable;
}

/** Anna has the one reply unread, which mentions her. */
const followed = (person: number) => {
  const unreadCount = person === ANNA ? 1 : 0;
  const lastReadSeq = 1 - unreadCount;
  return { id: 'thread', root: 8, lastSeq: 1, lastReadSeq, unreadCount, mentionCount: unreadCount };
};

/** The thread of the wall. */
function cleanThread(): Changeable<Wall> {
  const none = { threads: [], unreadThreads: [], unreadTotal: { told: 0, listed: 0 }, own: [] };
  const wall: Wall = {
    id: 'thread',
    root: { wall: 'wall', message: 'b' },
    outside: [],
    people: ['Anna', 'Bert', 'Cleo'],
    acts: [act('send', BERT, 'r', 1, 'a reply'), act('follow', ANNA, '', 0), act('mark', BERT, '', 0)],
    states: [REPLY],
    ears: [{ person: ANNA, connection: 1, revAtJoin: 0, untilEnd: true, heard: [0] }],
    reads: [],
    keptStates: [ANNA, BERT, CLEO].map((person) => ({ person, states: [0], own: [] })),
    end: {
      rev: 1,
      states: [0],
      changed: [0],
      logged: [],
      reactions: [],
      pins: [],
      readers: [ANNA, BERT, CLEO].map((person) => {
        const { lastReadSeq, unreadCount, mentionCount } = followed(person);
        return {
          ...none,
          person,
          mentions: person === ANNA ? ['r'] : [],
          lastReadSeq,
          unreadCount,
          mentionCount,
        };
      }),
    },
  };
  return structuredClone(wall) as Changeable<Wall>;
}

function kindsIn(wall: Wall, its = cleanThread()): ViolationKind[] {
  const history = { ...new Recorder([]).history(), walls: [wall, its] };
  return [...new Set(checkHistory(history).map(({ kind }) => kind))];
}

function there<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('the scene has changed');
  return value;
}

it('finds no violation in a clean wall', () => {
  expect(kindsIn(cleanWall())).toEqual([]);
});

it('lets requests without an answer be processed or not', () => {
  const wall = cleanWall();
  for (const one of wall.acts)
    if (one.outcome === 'done') Object.assign(one, { outcome: 'unknown', rev: 0, ended: Infinity });
  wall.acts.push({ ...act('edit', ANNA, 'a', 0, 'lost'), outcome: 'unknown' });
  expect(kindsIn(wall)).toEqual([]);
});

it('knows nothing more of a wall that nobody can read', () => {
  expect(kindsIn({ ...cleanWall(), end: null })).toEqual([]);
});

it.each<[ViolationKind, string, Plant]>([
  [
    'state-altered',
    'two have received different states with one rev',
    (w) => void w.states.push(other() as Changeable<State>),
  ],
  ['state-missing', 'a client has kept an earlier state', (w) => void (there(w.keptStates[0]).states[0] = 2)],
  ['state-missing', 'changes omit a message', (w) => void there(w.end).changed.pop()],
  ['log-hole', 'a number is that of nothing', (w) => void (there(w.end).rev = 9)],
  [
    'log-hole',
    'two messages have one number',
    (w) => void w.states.push(state('d', 4, 2, ANNA, {}) as Changeable<State>),
  ],
  ['log-hole', 'more numbers were left behind than there were changes', (w) => void w.acts.splice(4, 1)],
  ['update-missing', 'a listener does not receive a change', (w) => void there(w.ears[2]).heard.pop()],
  ['update-wrong', 'a listener receives a change twice', (w) => void there(w.ears[0]).heard.push(6)],
  ['update-wrong', 'a listener receives an earlier change later', (w) => void there(w.ears[0]).heard.push(2)],
  ['change-lost', 'a message is acknowledged, and is not stored', (w) => void w.acts.push(lost('send'))],
  ['change-lost', 'a deletion is acknowledged, and is not stored', (w) => void w.acts.push(lost('delete'))],
  ['change-lost', 'an edit is acknowledged with a rev that is not stored', (w) => void w.acts.push(late())],
  ['change-lost', 'a reaction is acknowledged, and is not stored', (w) => void w.acts.push(unstored('🎉'))],
  ['change-lost', 'a text is stored that was replaced', (w) => void w.acts.push(again())],
  [
    'log-wrong',
    'a text is stored that nobody has written',
    (w) => void (there(w.acts[2]).value = 'nobody wrote'),
  ],
  ['reactions', 'a summary is one short', (w) => void (there(w.states[3]?.reactions[0]).count = 2)],
  [
    'reactions',
    'a summary names somebody else',
    (w) => void (there(w.states[3]?.reactions[0]).people = [ANNA]),
  ],
  [
    'own-reactions',
    'somebody is not answered the own reaction',
    (w) => void there(w.end?.readers[CLEO]).own.pop(),
  ],
  ['own-reactions', 'somebody has kept no own reaction', (w) => void there(w.keptStates[CLEO]).own.pop()],
  ['mentions', 'a mention is not in the list', (w) => void there(w.end?.readers[CLEO]).mentions.pop()],
  ['mentions', 'a mention is counted twice', (w) => void (there(w.end?.readers[CLEO]).mentionCount = 2)],
  ['pins', 'a pin is not in the list', (w) => void there(w.end).pins.pop()],
  ['deleted-content', 'a deleted text is answered', (w) => void (there(w.reads[0]).begun = 8)],
])('finds %s, and only that: %s', (kind, _, plant) => {
  const wall = cleanWall();
  plant(wall);
  expect(kindsIn(wall)).toEqual([kind]);
});

it.each<[ViolationKind, string, (wall: Changeable<Wall>, its: Changeable<Wall>) => void]>([
  [
    'threads',
    'a root shows more replies than its thread has',
    (w) => void (there(w.states[8]?.thread).replyCount = 2),
  ],
  [
    'threads',
    'a root shows another time than that of the newest reply',
    (w) => void (there(w.states[8]?.thread).lastReplyAt = 'at 2'),
  ],
  [
    'threads',
    'an own reply is unread',
    (w, its) => {
      Object.assign(there(w.end?.readers[BERT]?.threads[0]), { lastReadSeq: 0, unreadCount: 1 });
      Object.assign(there(its.end?.readers[BERT]), { lastReadSeq: 0, unreadCount: 1 });
      there(w.end?.readers[BERT]).unreadThreads.push('thread');
    },
  ],
  [
    'threads',
    'more replies are unread than there are behind the position',
    (w) => void (there(w.end?.readers[ANNA]?.threads[0]).unreadCount = 2),
  ],
  [
    'threads',
    'a mention in a thread is not counted',
    (w) => void (there(w.end?.readers[ANNA]?.threads[0]).mentionCount = 0),
  ],
  [
    'threads',
    'an unread thread is not in the list of them',
    (w) => void there(w.end?.readers[ANNA]).unreadThreads.pop(),
  ],
  ['threads', 'the total counts no thread', (w) => void (there(w.end?.readers[ANNA]).unreadTotal.told = 0)],
  [
    'threads',
    'who has written in a thread does not follow it',
    (w) => void there(w.end?.readers[BERT]).threads.pop(),
  ],
  [
    'threads',
    'a thread is listed with another root',
    (w) => void (there(w.end?.readers[BERT]?.threads[0]).root = 3),
  ],
  ['change-lost', 'a thread is opened, and not shown', (w) => void w.acts.push(act('open', ANNA, 'a', 0))],
  ['outside', 'the guest hears of a reply after the removal', (_, its) => void its.outside.push('heard')],
])('finds %s, and only that: %s', (kind, _, plant) => {
  const [wall, its] = [cleanWall(), cleanThread()];
  plant(wall, its);
  expect(kindsIn(wall, its)).toEqual([kind]);
});

it('a guest who has written in a thread follows it no longer when the membership ended', () => {
  const its = cleanThread();
  its.acts.push({ ...act('send', CLEO, 'r', 1, 'a reply'), outcome: 'done' });
  expect(kindsIn(cleanWall(), its)).not.toContain('threads');
});

function other(): State {
  return state('a', 1, 3, ANNA, { content: 'something else' });
}

function lost(kind: 'send' | 'delete'): WallAct {
  return act(kind, ANNA, kind === 'send' ? 'lost' : 'a', 0, 'lost');
}

/** Answered with a `rev` that the message does not have. */
function late(): WallAct {
  return act('pin', BERT, 'b', 11);
}

function unstored(emoji: string): WallAct {
  return act('react', BERT, 'a', 4, emoji);
}

/** The same author has edited it later, and nothing of it is stored. */
function again(): WallAct {
  return act('edit', ANNA, 'a', 4, 'one, edited again');
}
