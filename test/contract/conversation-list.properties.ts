import {
  type Arbitrary,
  array,
  asyncProperty,
  constantFrom,
  integer,
  nat,
  option,
  record,
  uuid,
} from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { encodeCursor } from '../../src/arch/common/infrastructure/database/instant-cursor.js';
import { createMany } from '../support/many-conversations.js';
import { rounds } from '../support/rounds.js';
import { signUp } from './chat-subject.js';
import { type RealChatSubject, realChatSubject } from './real-chat-subject.js';

const BASE = Date.UTC(2026, 0, 31) * 1_000;
const MINUTE = 60_000_000;
const DAY = 1_440 * MINUTE;

/** The row of some conversations does not have the last message: it has an earlier time of the same minute. */
const ARRANGE = `
with arranged as (
  select a.id, timestamptz 'epoch' + a.activity * interval '1 microsecond' as activity, a.behind
  from unnest($1::uuid[], $2::bigint[], $3::boolean[]) a (id, activity, behind)
), sent as (
  update messages m set created_at = a.activity from arranged a where m.conversation_id = a.id and a.behind
)
update conversations c set
  updated_at = case when a.behind then date_bin('1 minute', a.activity, timestamptz 'epoch') else a.activity end,
  last_seq = case when a.behind then 0 else 1 end
from arranged a where c.id = a.id`;

interface Place {
  readonly id: string;
  readonly activity: number;
}

let subject: RealChatSubject;
/** A short list is read as a whole. For a long one the last active conversations are read first. */
let lists: { readonly user: string; readonly ids: ReadonlySet<string> }[];
let everyId: string[];

/** Puts the lists into a database of their own, for the properties below. */
export function useConversationLists(): void {
  beforeAll(async () => {
    subject = await realChatSubject();
    const [owner, few, many] = [await signUp(subject), await signUp(subject), await signUp(subject)];
    const create = (count: number, ...members: string[]) =>
      createMany(subject.postgres, { owner, members, count, from: BASE, step: 0 });
    const [ofBoth, ofMany, ofOthers] = [
      await create(30, few, many),
      await create(600, many),
      await create(1_400),
    ];
    everyId = [...ofBoth, ...ofMany, ...ofOthers];
    lists = [
      { user: few, ids: new Set(ofBoth) },
      { user: many, ids: new Set([...ofBoth, ...ofMany]) },
    ];
  });
  afterAll(() => subject.close());
}

/** Gives every conversation an activity within `span` microseconds, those of the long list `ahead` of the others. */
const arrangement = record({
  seed: integer({ min: 1, max: 2 ** 31 - 2 }),
  span: constantFrom(0, 2, 1_000, MINUTE, 3 * MINUTE, 20 * MINUTE, 7 * DAY),
  ahead: constantFrom(-30 * DAY, -MINUTE, 0, MINUTE, 30 * DAY),
});

type Arrangement = typeof arrangement extends Arbitrary<infer T> ? T : never;

async function arrange({ seed, span, ahead }: Arrangement): Promise<Place[]> {
  let random = seed;
  const places = everyId.map((id, index) => {
    random = (random * 48_271) % (2 ** 31 - 1);
    const activity = BASE + Math.floor((random / 2 ** 31) * (span + 1)) + (index < 630 ? ahead : 0);
    return { id, activity };
  });
  await subject.postgres.query(ARRANGE, [
    places.map(({ id }) => id),
    places.map(({ activity }) => activity),
    places.map((_, index) => index % 3 === 0),
  ]);
  return places.toSorted(later);
}

/** The reference order: last activity first, then the greater id. */
function later(a: Place, b: Place): number {
  return b.activity - a.activity || Number(a.id < b.id) - Number(a.id > b.id);
}

/** A bound far above the pages of a test. */
const MOST_PAGES = 1_000;

async function walk(user: string, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (const _ of rounds(MOST_PAGES)) {
    const page = await subject.members.findConversationsByUser(user, limit, cursor);
    ids.push(...page.data.map(({ id }) => id));
    // A page other than the last one is full.
    expect(page.data.length).toBe(page.nextCursor === null ? page.data.length : limit);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return ids;
}

async function expectNaiveList(activities: Arrangement, limit: number): Promise<void> {
  const places = await arrange(activities);
  for (const { user, ids } of lists) {
    const own = places.filter(({ id }) => ids.has(id)).map(({ id }) => id);
    expect(await walk(user, limit)).toEqual(own);
  }
}

/** The pages are the naive list, whatever the activities and the size of a page. */
export const pagesAreTheNaiveList = asyncProperty(
  arrangement,
  integer({ min: 15, max: 100 }),
  expectNaiveList,
);

const cursors = array(
  record({
    index: nat({ max: 2_029 }),
    shift: constantFrom(-MINUTE, -1, 0, 0, 0, 1, MINUTE),
    id: option(uuid(), { nil: undefined }),
    limit: integer({ min: 1, max: 100 }),
  }),
  { minLength: 10, maxLength: 20 },
);

type Cursors = typeof cursors extends Arbitrary<infer T> ? T : never;

async function expectPagesBehind(activities: Arrangement, tries: Cursors): Promise<void> {
  const places = await arrange(activities);
  for (const { index, shift, id, limit } of tries) {
    const near = places[index] as Place;
    const from = { activity: near.activity + shift, id: id ?? near.id };
    const cursor = encodeCursor({ instant: String(from.activity), id: from.id });
    for (const { user, ids } of lists) {
      const expected = places.filter((place) => ids.has(place.id) && later(from, place) < 0);
      const page = await subject.members.findConversationsByUser(user, limit, cursor);
      expect(page.data.map((shown) => shown.id)).toEqual(expected.slice(0, limit).map((place) => place.id));
      expect(page.nextCursor === null).toBe(expected.length <= limit);
    }
  }
}

/** A page begins behind its cursor, whether that place is taken or not. */
export const pagesBeginBehindTheirCursor = asyncProperty(arrangement, cursors, expectPagesBehind);
