import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { addMember, converse, openDirect, signUp } from '../../../../../../test/contract/chat-subject.js';
import { ConversationQuotaFake } from '../../../../../../test/fakes/conversation-quota.fake.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import {
  OpenDirectConversationCommand,
  OpenDirectConversationHandler,
} from '../../application/commands/open-direct-conversation.command.js';

/** Races whose order is not controlled: each of them has to end well. */
const ROUNDS = 30;

let subject: RealChatSubject;
let ada: string;
let group: string;

beforeAll(async () => {
  subject = await realChatSubject();
});
beforeEach(async () => {
  ada = await signUp(subject);
  group = await converse(subject, ada);
});
afterAll(() => subject.close());

const block = (blocker: string, blocked: string) =>
  subject.transactions.runInTransaction(() => subject.blocks.setBlock(blocker, blocked, true));
/** Whether the user was added; any other refusal fails. */
const tryToAdd = (userId: string) =>
  addMember(subject, group, ada, userId).then(
    () => true,
    (error: { code?: string }) => (error.code === 'USER_NOT_REACHABLE' ? false : Promise.reject(error)),
  );
const isMember = (userId: string) => subject.members.isMember(group, userId);

it('a block waits for an addition that was decided before it, and a later addition sees it', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const bob = await signUp(subject);
    const added = tryToAdd(bob);
    await block(bob, ada);
    const wasMember = await isMember(bob);
    expect(wasMember).toBe(await added);
    expect(await isMember(bob)).toBe(wasMember);
  }
});

it('whoever has set addableBy to nobody is not added after the answer', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const bob = await signUp(subject);
    const added = tryToAdd(bob);
    await subject.setAddableBy(bob, 'nobody');
    const wasMember = await isMember(bob);
    expect(wasMember).toBe(await added);
  }
});

/** Opens the direct conversation as the use case does, apart from counting. Whether it was opened; any other refusal fails. */
const tryToOpen = (userId: string) =>
  new OpenDirectConversationHandler(
    subject.directs,
    subject.reach,
    subject.conversations,
    subject.members,
    new ConversationQuotaFake(),
    subject.transactions,
    subject.live,
  )
    .execute(new OpenDirectConversationCommand(ada, userId))
    .then(
      () => true,
      (error: { code?: string }) => (error.code === 'USER_NOT_REACHABLE' ? false : Promise.reject(error)),
    );

it.each([
  ['a block', (bob: string) => block(bob, ada)],
  ['addableBy of nobody', (bob: string) => subject.setAddableBy(bob, 'nobody')],
])('after the answer to %s no direct conversation is opened that was not there', async (_, refuse) => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const bob = await signUp(subject);
    const opened = tryToOpen(bob);
    await refuse(bob);
    const wasThere = (await subject.directs.findOfPair(ada, bob)) !== null;
    expect(await opened).toBe(wasThere);
    expect((await subject.directs.findOfPair(ada, bob)) !== null).toBe(wasThere);
  }
});

/** Runs `work` while a transaction that has done `held` is open; that commits once a statement waits for a lock. */
async function behind(held: () => Promise<unknown>, work: () => Promise<unknown>): Promise<void> {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: ready, resolve: begin } = Promise.withResolvers<void>();
  const open = subject.transactions.runInTransaction(async () => {
    await held();
    begin();
    await released;
  });
  await ready;
  const working = work();
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  try {
    await vi.waitUntil(async () => (await subject.postgres.query(waiting)).length > 0, {
      interval: 5,
      timeout: 5_000,
    });
  } finally {
    release();
  }
  await Promise.all([open, working]);
}

it('a block waits for a direct conversation whose opening was decided before it', async () => {
  const bob = await signUp(subject);
  const open = async () => {
    expect((await subject.reach.holdReach(ada, [bob])).get(bob)?.hasBlocked).toBe(false);
    await subject.directs.open(ada, bob);
  };
  await behind(open, () => block(bob, ada));
  const reach = await subject.transactions.runInTransaction(() => subject.reach.holdReach(ada, [bob]));
  expect(reach.get(bob)?.hasBlocked).toBe(true);
  expect(await subject.directs.findOfPair(ada, bob)).not.toBeNull();
});

it('an addition waits for a block that is under way, and is decided on it', async () => {
  const bob = await signUp(subject);
  await behind(
    () => subject.blocks.setBlock(bob, ada, true),
    () => expect(addMember(subject, group, ada, bob)).rejects.toMatchObject({ code: 'USER_NOT_REACHABLE' }),
  );
});

it('a message that waits for a block is decided on it', async () => {
  const bob = await signUp(subject);
  const id = await openDirect(subject, ada, bob);
  const send = (senderId: string) =>
    subject.messages.create({ conversationId: id, senderId, content: 'late' });
  await behind(
    () => subject.blocks.setBlock(bob, ada, true),
    () => expect(send(ada)).rejects.toMatchObject({ code: 'USER_NOT_REACHABLE' }),
  );
  await expect(send(bob)).rejects.toMatchObject({ code: 'USER_NOT_REACHABLE' });
  await behind(
    () => subject.blocks.setBlock(bob, ada, false),
    () => send(ada),
  );
});

it('after the answer to a block nothing is stored that the other one sends meanwhile', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const bob = await signUp(subject);
    const id = await openDirect(subject, ada, bob);
    const sent = Promise.allSettled(
      Array.from({ length: 4 }, () =>
        subject.messages.create({ conversationId: id, senderId: ada, content: 'x' }),
      ),
    );
    await block(bob, ada);
    const [head] = await subject.heads.findHeads(ada, [id]);
    const outcomes = await sent;
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason.code] : [],
    );
    expect(refused).toEqual(Array(refused.length).fill('USER_NOT_REACHABLE'));
    expect(head?.lastSeq).toBe(outcomes.length - refused.length);
  }
});

it('a block waits for what is being stored in the direct conversation', async () => {
  const bob = await signUp(subject);
  const id = await openDirect(subject, ada, bob);
  const lock = { text: 'select from conversations where id = $1 for no key update', values: [id] };
  await behind(
    () => subject.database.execute(lock),
    () => block(bob, ada),
  );
  expect(await subject.blocks.isBlocked(bob, ada)).toBe(true);
});
