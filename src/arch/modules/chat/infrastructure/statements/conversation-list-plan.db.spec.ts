import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { createMany } from '../../../../../../test/support/many-conversations.js';

/** $2: whether only archived conversations are listed, or only others; null for all. */
const FIRST_PAGE = `
select id from list_conversations_2($1, 21, 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', null, $2, null)`;
/**
 * Pages of the indexes of memberships, counted since the transaction began. A scan by the second column of an index
 * returns only what fits, but reads all pages.
 */
const PAGES = `
select sum(pg_stat_get_xact_blocks_fetched(indexrelid))::int as pages from pg_index
where indrelid = 'conversation_members'::regclass`;

let subject: RealChatSubject;
/** A member of ten conversations, where others have thousands. */
let few: string;

beforeAll(async () => {
  subject = await realChatSubject();
  const [owner, many] = [await signUp(subject), await signUp(subject)];
  few = await signUp(subject);
  await createMany(subject.postgres, { owner, members: [many], count: 20_000, from: 0, step: 60_000_000 });
  await createMany(subject.postgres, { owner, members: [few], count: 10, from: 0, step: 60_000_000 });
  await subject.postgres.query('vacuum (analyze) conversations, conversation_members, messages');
});
afterAll(() => subject.close());

it.each([null, false])(
  'reads only memberships of the reader, when the planner expects thousands of anybody: archived %s',
  async (archived) => {
    const client = new Client(subject.postgres.connection);
    await client.connect();
    await client.query('begin');
    expect((await client.query(FIRST_PAGE, [few, archived])).rows).toHaveLength(10);
    const { pages } = (await client.query<{ pages: number }>(PAGES)).rows[0] ?? { pages: Infinity };
    await client.end();
    // Ten lookups by conversation and two by user, of at most four pages from the root to the leaf; the index has hundreds.
    expect(pages).toBeLessThanOrEqual(12 * 4);
  },
);
