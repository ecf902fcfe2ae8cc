import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import { UserNotFoundError } from '../../../../common/domain/errors/user-not-found.error.js';
import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { SetBlockCommand, SetBlockHandler } from './set-block.command.js';

let chat: FakeChat;
let ada: string;
let bob: string;

beforeEach(async () => {
  chat = new FakeChat();
  ada = await chat.signUp('Ada');
  bob = await chat.signUp('Bob');
});

const setBlock = (blockedId: string, isBlocked: boolean) =>
  new SetBlockHandler(chat.blocks, chat.transactions, chat.live).execute(
    new SetBlockCommand(ada, blockedId, isBlocked),
  );
const published = (isBlocked: boolean) => ({ kind: 'user_blocked', userId: ada, blockedId: bob, isBlocked });

it('publishes each change once, to who blocks, and nothing for a repeat', async () => {
  await setBlock(bob, true);
  await setBlock(bob, true);
  expect(chat.live.published).toEqual([published(true)]);
  await setBlock(bob, false);
  await setBlock(bob, false);
  expect(chat.live.published).toEqual([published(true), published(false)]);
});

it('refuses a block of oneself and of an unknown user; nothing is stored or published', async () => {
  await expect(setBlock(ada, true)).rejects.toThrow(ValidationFailedError);
  await expect(setBlock(randomUUID(), true)).rejects.toThrow(UserNotFoundError);
  expect((await chat.blocks.findPage(ada, 100)).data).toEqual([]);
  expect(chat.live.published).toEqual([]);
});

describe('when the answer to its commit is lost', () => {
  it.each([
    ['stored', 1],
    ['undone', 0],
  ] as const)('and it is %s, %i event is published', async (outcome, events) => {
    chat.transactions.losesCommit = outcome;
    await expect(setBlock(bob, true)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await chat.transactions.recover();
    expect(chat.live.published).toHaveLength(events);
  });
});
