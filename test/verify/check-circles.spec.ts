import { expect, it } from 'vitest';
import { checkHistory } from '../../verify/check/check-history.ts';
import type { Act, Attempt, Circle, Ear, Row, Switching } from '../../verify/circle/circle.ts';
import { Recorder } from '../../verify/recorder.ts';
import type { ViolationKind } from '../../verify/check/violation.ts';

const [ANNA, BERT, CLEO, NOBODY] = [0, 1, 2, -1];

type Changeable<T> = T extends object ? { -readonly [Key in keyof T]: Changeable<T[Key]> } : T;
/** A request from one time to another. */
const attempt = (begun: number, outcome: Attempt['outcome'] = 'done', code = ''): Attempt => ({
  outcome,
  begun,
  ended: outcome === 'unknown' ? Infinity : begun + 1,
  code,
});
const switching = (actor: number, subject: number, isOn: boolean, at: Attempt): Switching => ({
  actor,
  subject,
  isOn,
  ...at,
});

type Plant = (circle: Changeable<Circle>) => void;

/** Anna's circle: she makes Bert an admin, who removes Cleo and adds her again; then she makes him the owner, he leaves, and
 * she is the owner again. */
const ROWS: readonly Row[] = (
  [
    ['message', ANNA, NOBODY, 'one'],
    ['member_updated', ANNA, BERT, 'admin'],
    ['member_removed', BERT, CLEO, 'removed'],
    ['member_added', BERT, CLEO, 'member'],
    ['message', CLEO, NOBODY, 'two'],
    ['conversation_updated', ANNA, NOBODY, 'title'],
    ['member_updated', ANNA, ANNA, 'admin'],
    ['member_updated', ANNA, BERT, 'owner'],
    ['member_removed', BERT, BERT, 'left'],
    ['message', ANNA, NOBODY, 'three'],
  ] as const
).map(([kind, actor, subject, value], place) => {
  const heir = value === 'left' ? ANNA : NOBODY;
  return { kind, actor, subject, value, rev: place + 1, heir };
});

function cleanCircle(): Changeable<Circle> {
  const heard = (from: number, to: number) => ROWS.slice(from, to).map(withoutHeir);
  const ear = (person: number, revAtJoin: number, to: number, untilEnd = false): Ear => ({
    person,
    connection: person + 1,
    revAtJoin,
    untilEnd,
    heard: heard(revAtJoin, to),
  });
  const acts = ROWS.filter(({ actor, subject, value }) => !(actor === subject && value === 'admin')).map(
    ({ kind, actor, subject, value, rev }): Act => ({ kind, actor, subject, value, ...attempt(10 * rev) }),
  );
  const circle: Circle = {
    people: ['Anna', 'Bert', 'Cleo'],
    acts: [
      ...acts,
      { kind: 'message', actor: CLEO, subject: NOBODY, value: 'refused', ...attempt(5, 'refused', 'SOME') },
      {
        kind: 'member_added',
        actor: BERT,
        subject: BERT,
        value: 'member',
        ...attempt(110, 'refused', 'MEMBER_BANNED'),
      },
      { kind: 'member_removed', actor: ANNA, subject: BERT, value: 'banned', ...attempt(100) },
    ],
    // Bert, who has left, is banned; Cleo blocks him for some time.
    bans: [switching(ANNA, BERT, true, attempt(100))],
    blocks: [switching(CLEO, BERT, true, attempt(20)), switching(CLEO, BERT, false, attempt(30))],
    invitePlaces: 0,
    directRequests: [
      { actor: BERT, subject: CLEO, ...attempt(10) },
      { actor: BERT, subject: CLEO, ...attempt(25, 'refused', 'USER_NOT_REACHABLE') },
      { actor: BERT, subject: CLEO, ...attempt(35) },
    ],
    ears: [ear(ANNA, 0, 10, true), ear(BERT, 0, 8), ear(CLEO, 0, 2), ear(CLEO, 4, 10, true)],
    // Both open the same one at the same time; Cleo does not see it before its first message.
    opened: [
      { person: ANNA, other: CLEO, id: 'pair', isNew: true, hasMessage: false },
      { person: CLEO, other: ANNA, id: 'pair', isNew: false, hasMessage: true },
      { person: BERT, other: ANNA, id: 'silent', isNew: true, hasMessage: false },
    ],
    shownDirects: [
      { person: ANNA, connection: 1, id: 'pair' },
      { person: CLEO, connection: 3, id: 'pair' },
    ],
    listedDirects: [
      { person: ANNA, directs: [{ id: 'pair', other: CLEO }] },
      { person: BERT, directs: [{ id: 'silent', other: ANNA }] },
      { person: CLEO, directs: [{ id: 'pair', other: ANNA }] },
    ],
    end: {
      rev: 10,
      title: 'title',
      members: [
        { person: ANNA, role: 'owner' },
        { person: CLEO, role: 'member' },
      ],
      rows: ROWS,
    },
  };
  return structuredClone(circle) as Changeable<Circle>;
}

function kindsIn(circle: Circle, nodes = 1): ViolationKind[] {
  const history = { ...new Recorder([]).history(), nodes, circles: [circle] };
  return [...new Set(checkHistory(history).map(({ kind }) => kind))];
}

const rowAt = (circle: Changeable<Circle>, rev: number) => there(circle.end?.rows[rev - 1]);
const earOf = (circle: Changeable<Circle>, place: number) => there(circle.ears[place]);

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the scene has changed');
  return value;
}

it('finds no violation in a clean circle', () => {
  expect(kindsIn(cleanCircle())).toEqual([]);
});

it('lets requests without an answer be processed or not', () => {
  const circle = cleanCircle();
  for (const act of circle.acts) if (act.outcome === 'done') act.outcome = 'unknown';
  circle.acts.push({
    kind: 'message',
    actor: BERT,
    subject: NOBODY,
    value: 'lost',
    ...attempt(5, 'unknown'),
  });
  expect(kindsIn(circle)).toEqual([]);
});

it('lets a role be given to somebody who has it already', () => {
  const circle = cleanCircle();
  for (const [subject, value] of [
    [CLEO, 'member'],
    [ANNA, 'owner'],
    [BERT, 'admin'],
  ] as const)
    addAct(circle, 'member_updated', subject, value);
  expect(kindsIn(circle)).toEqual([]);
});

it('knows nothing of a ban or a block whose end was not answered', () => {
  const circle = cleanCircle();
  there(circle.bans[0]).ended = 1;
  circle.bans.push(switching(ANNA, BERT, false, attempt(2, 'unknown')));
  circle.blocks.push(switching(CLEO, BERT, false, attempt(15, 'unknown')));
  Object.assign(there(circle.directRequests[1]), attempt(25));
  expect(kindsIn(circle)).toEqual([]);
});

it('lets somebody who blocks add the other one', () => {
  const circle = cleanCircle();
  blockBy(circle, BERT, CLEO);
  expect(kindsIn(circle)).toEqual([]);
});

it('lets whoever is out join by an invite, and be banned again', () => {
  const circle = cleanCircle();
  joinBySpentInvite(circle);
  circle.invitePlaces = 1;
  expect(kindsIn(circle)).toEqual([]);
});

it('between several nodes lets a member not hear of a removal and an addition', () => {
  const circle = cleanCircle();
  believesToBeIn(circle);
  expect(kindsIn(circle, 2)).toEqual([]);
});

it('between several nodes lets a change come late to somebody whose join has answered it', () => {
  const circle = cleanCircle();
  const rows = (
    [
      ['member_removed', CLEO, 'removed'],
      ['message', NOBODY, 'meanwhile'],
      ['member_added', CLEO, 'member'],
    ] as const
  ).map(([kind, subject, value], place) => ({ kind, actor: ANNA, subject, value, rev: 11 + place }));
  for (const row of rows) circle.acts.push({ ...row, ...attempt(10 * row.rev) });
  const end = there(circle.end ?? undefined);
  end.rev = 13;
  end.rows.push(...rows.map((row) => ({ ...row, heir: NOBODY })));
  earOf(circle, 0).heard.push(...structuredClone(rows));
  earOf(circle, 3).untilEnd = false;
  const meanwhile = structuredClone(there(rows[1]));
  circle.ears.push({ person: CLEO, connection: 4, revAtJoin: 13, untilEnd: true, heard: [meanwhile] });
  expect(kindsIn(circle, 2)).toEqual([]);
  expect(kindsIn(circle)).toEqual(['outside']);
  // Before the join of somebody who was in the room all the time it is a leak.
  earOf(circle, 4).revAtJoin = 4;
  expect(kindsIn(circle, 2)).toContain('outside');
});

it('knows nothing more of a circle that nobody can read', () => {
  expect(kindsIn({ ...cleanCircle(), end: null })).toEqual([]);
});

it.each<[ViolationKind, string, Plant]>([
  [
    'change-lost',
    'a removal is answered with success, and is not stored',
    (c) => addAct(c, 'member_removed', BERT, 'removed'),
  ],
  [
    'change-lost',
    'a message is answered with success, and is not stored',
    (c) => addAct(c, 'message', NOBODY, 'lost'),
  ],
  [
    'change-lost',
    'a role is answered with success, and is not stored',
    (c) => addAct(c, 'member_updated', CLEO, 'admin'),
  ],
  ['log-wrong', 'a change is stored that nobody requested', (c) => void c.acts.splice(4, 1)],
  ['log-wrong', 'a change is stored that was refused', (c) => void (there(c.acts[4]).outcome = 'refused')],
  [
    'log-wrong',
    'another role is stored than the log has',
    (c) => void (there(c.end?.members[1]).role = 'admin'),
  ],
  [
    'log-wrong',
    'another title is stored than the log has',
    (c) => void (there(c.end ?? undefined).title = 'other'),
  ],
  [
    'log-wrong',
    'a member is stored whom the log removes',
    (c) => void c.end?.members.push({ person: BERT, role: 'member' }),
  ],
  ['log-wrong', 'an owner leaves without an heir', (c) => void (rowAt(c, 9).heir = NOBODY)],
  ['log-hole', 'a number is that of no message and no change', hideMessage],
  ['event-missing', 'a listener does not receive a change', (c) => void earOf(c, 0).heard.splice(5, 1)],
  ['event-missing', 'a listener does not receive the last change', (c) => void earOf(c, 0).heard.pop()],
  [
    'event-missing',
    'who is removed does not receive what was before',
    (c) => void earOf(c, 1).heard.splice(1, 1),
  ],
  ['event-missing', 'who is added again is not let into the room', (c) => void c.ears.splice(3, 1)],
  ['event-missing', 'who is removed does not hear of it, and does not join again', believesToBeIn],
  ['outside', 'who has left joins the room', joinAfterLeaving],
  [
    'event-wrong',
    'a listener receives a change twice',
    (c) => void earOf(c, 0).heard.push(there(earOf(c, 0).heard[8])),
  ],
  [
    'event-wrong',
    'a listener receives another role',
    (c) => void (there(earOf(c, 0).heard[1]).value = 'member'),
  ],
  ['event-wrong', 'a listener receives changes in another order', swapHeard],
  ['outside', 'who was removed receives a later change', (c) => void earOf(c, 1).heard.push(late())],
  ['banned', 'who is banned sends a message', (c) => void (there(c.bans[0]).ended = 1)],
  ['banned', 'who is not banned is refused', (c) => void c.bans.pop()],
  [
    'banned',
    'whose ban was lifted is refused',
    (c) => void c.bans.push(switching(ANNA, BERT, false, attempt(105))),
  ],
  ['invite', 'somebody joins by an invite that is spent', joinBySpentInvite],
  [
    'blocked',
    'who is blocked opens the conversation',
    (c) => Object.assign(there(c.directRequests[1]), attempt(25)),
  ],
  [
    'blocked',
    'who blocks opens the conversation',
    (c) => void c.directRequests.push({ actor: CLEO, subject: BERT, ...attempt(25) }),
  ],
  [
    'blocked',
    'who is not blocked any more is refused',
    (c) => void (there(c.directRequests[2]).code = 'USER_NOT_REACHABLE'),
  ],
  ['blocked', 'who is blocked adds the other one', (c) => blockBy(c, CLEO, BERT)],
  ['direct-doubled', 'two people are answered two', answerOther],
  ['direct-doubled', 'both are told that it is new', (c) => void (there(c.opened[1]).isNew = true)],
  [
    'direct-doubled',
    'a connection receives it twice',
    (c) => void c.shownDirects.push(there(c.shownDirects[0])),
  ],
  [
    'direct-doubled',
    'a list has two with one person',
    (c) => void there(c.listedDirects[0]).directs.push({ id: 'other', other: CLEO }),
  ],
  [
    'direct-missing',
    'who has opened it does not see it',
    (c) => void there(c.listedDirects[1]).directs.pop(),
  ],
  [
    'direct-missing',
    'it has a message, and is not shown',
    (c) => void there(c.listedDirects[2]).directs.pop(),
  ],
])('finds %s, and only that: %s', (kind, _, plant) => {
  const circle = cleanCircle();
  plant(circle);
  expect(kindsIn(circle)).toEqual([kind]);
});

it('finds a number that is given out twice', () => {
  const circle = cleanCircle();
  circle.end?.rows.push(rowAt(circle, 5));
  expect(kindsIn(circle)).toContain('log-hole');
});

it('finds an event with a wrong rev, which is missing at the right one', () => {
  const circle = cleanCircle();
  there(earOf(circle, 0).heard[5]).rev = 60;
  expect(kindsIn(circle)).toEqual(['event-wrong', 'event-missing']);
});

it('finds a message of somebody who was no member', () => {
  const circle = cleanCircle();
  // Cleo is added after her message.
  const [added, sent] = [rowAt(circle, 4), rowAt(circle, 5)];
  [added.rev, sent.rev] = [sent.rev, added.rev];
  for (const ear of circle.ears) ear.heard = ear.heard.map((heard) => there(shifted(circle, heard)));
  expect(kindsIn(circle)).toContain('outside');
});

it('finds a change that the role does not allow', () => {
  const circle = cleanCircle();
  const [made, ...others] = circle.acts.filter(({ kind }) => kind === 'conversation_updated');
  expect(others).toEqual([]);
  there(made).actor = rowAt(circle, 6).actor = CLEO;
  for (const ear of circle.ears)
    for (const heard of ear.heard) if (heard.kind === 'conversation_updated') heard.actor = CLEO;
  expect(kindsIn(circle)).toEqual(['log-wrong']);
});

function withoutHeir({ kind, actor, subject, value, rev }: Row): Ear['heard'][number] {
  return { kind, actor, subject, value, rev };
}

function addAct(circle: Changeable<Circle>, kind: Act['kind'], subject: number, value: string): void {
  circle.acts.push({ kind, actor: ANNA, subject, value, ...attempt(5) });
}

/** Throughout the addition of Cleo by Bert. */
function blockBy(circle: Changeable<Circle>, actor: number, subject: number): void {
  circle.blocks = [switching(actor, subject, true, attempt(20))];
  circle.directRequests = [];
}

/** Bert comes back after he has left, and is not banned. */
function joinBySpentInvite(circle: Changeable<Circle>): void {
  const joining = { kind: 'member_added', actor: BERT, subject: BERT, value: 'member' } as const;
  circle.bans = [];
  circle.acts = circle.acts.filter(({ code }) => code !== 'MEMBER_BANNED');
  circle.acts.push({ ...joining, ...attempt(120) });
  there(circle.end ?? undefined).rev = 11;
  circle.end?.rows.push({ ...joining, rev: 11, heir: NOBODY });
  circle.end?.members.push({ person: BERT, role: 'member' });
  for (const ear of circle.ears) if (ear.untilEnd) ear.heard.push({ ...joining, actor: NOBODY, rev: 11 });
  circle.ears.push({ person: BERT, connection: 9, revAtJoin: 11, untilEnd: true, heard: [] });
}

/** The message is in no answer and in no event, and its acknowledgement was lost. */
function hideMessage(circle: Changeable<Circle>): void {
  circle.end?.rows.splice(0, 1);
  circle.acts.splice(0, 1);
  for (const ear of circle.ears) ear.heard = ear.heard.filter(({ rev }) => rev !== 1);
}

function answerOther(circle: Changeable<Circle>): void {
  Object.assign(there(circle.opened[1]), { id: 'other', hasMessage: false });
}

function swapHeard(circle: Changeable<Circle>): void {
  const { heard } = earOf(circle, 0);
  [heard[3], heard[4]] = [there(heard[4]), there(heard[3])];
}

/** Cleo does not hear that she is removed, and so does not join again after her addition. */
function believesToBeIn(circle: Changeable<Circle>): void {
  earOf(circle, 2).untilEnd = true;
  circle.ears.splice(3, 1);
}

function joinAfterLeaving(circle: Changeable<Circle>): void {
  circle.ears.push({ person: BERT, connection: 9, revAtJoin: 10, untilEnd: true, heard: [] });
}

/** The message after Bert has left. */
function late(): Ear['heard'][number] {
  return withoutHeir(there(ROWS[9]));
}

function shifted(
  circle: Changeable<Circle>,
  heard: Ear['heard'][number],
): Changeable<Ear>['heard'][number] | undefined {
  const row = circle.end?.rows.find(({ kind, value }) => kind === heard.kind && value === heard.value);
  return row && { ...heard, rev: row.rev };
}
