import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import { OPEN_INVITES_MAX } from '../../domain/models/invite.model.js';
import { ListInvitesHandler, ListInvitesQuery } from '../queries/list-invites.query.js';
import { CreateInviteCommand, CreateInviteHandler } from './create-invite.command.js';
import { RevokeInviteCommand, RevokeInviteHandler } from './revoke-invite.command.js';

const DRAFT = { expiresInSeconds: 60, maxUses: 1, history: 'all' } as const;

let chat: FakeChat;
let owner: string;
let admin: string;
let member: string;
let stranger: string;
let conversationId: string;

beforeEach(async () => {
  chat = new FakeChat();
  [owner, admin, member] = [await chat.signUp(), await chat.signUp(), await chat.signUp()];
  stranger = await chat.signUp();
  conversationId = await chat.converse(owner, admin, member);
  Object.assign(chat.state.member(conversationId, admin) ?? {}, { role: 'admin' });
});

const create = (requesterId: string) =>
  new CreateInviteHandler(chat.conversations, chat.members, chat.change, chat.invites).execute(
    new CreateInviteCommand(conversationId, requesterId, DRAFT),
  );
const revoke = (requesterId: string, inviteId: string) =>
  new RevokeInviteHandler(chat.conversations, chat.members, chat.change, chat.invites).execute(
    new RevokeInviteCommand(conversationId, requesterId, inviteId),
  );
const list = (requesterId: string) =>
  new ListInvitesHandler(chat.conversations, chat.members, chat.invites).execute(
    new ListInvitesQuery(conversationId, requesterId),
  );
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    ({ code }) => code,
  );

it('the owner and the admins make, see and revoke invites, also those of each other', async () => {
  const [one, two] = [await create(owner), await create(admin)];
  expect(one).toMatchObject({ createdBy: owner, maxUses: 1, uses: 0, history: 'all' });
  expect((await list(admin)).map(({ id }) => id)).toEqual([two.id, one.id]);
  await revoke(admin, one.id);
  await revoke(owner, two.id);
  expect(await list(owner)).toEqual([]);
});

it('none of it takes a rev or is published', async () => {
  await revoke(owner, (await create(owner)).id);
  expect([chat.state.changesOf(conversationId), chat.live.published]).toEqual([[], []]);
});

it('a token is returned once: the list has none', async () => {
  const { token } = await create(owner);
  expect(JSON.stringify(await list(owner))).not.toContain(token);
});

it('revoking changes nothing without such an invite in this conversation', async () => {
  const { id } = await create(owner);
  const here = conversationId;
  conversationId = await chat.converse(owner);
  for (const inviteId of [id, randomUUID()]) await revoke(owner, inviteId);
  conversationId = here;
  expect(await list(owner)).toHaveLength(1);
});

describe('refuses, and changes nothing:', () => {
  it('members, also where all of them may add members, and strangers', async () => {
    const { id } = await create(owner);
    chat.state.conversation(conversationId).adding = 'all';
    for (const work of [create(member), revoke(member, id), list(member)])
      expect(await codeOf(work)).toBe('CANNOT_ADD_MEMBER');
    for (const work of [create(stranger), revoke(stranger, id), list(stranger)])
      expect(await codeOf(work)).toBe('NOT_CONVERSATION_MEMBER');
    expect(await list(owner)).toHaveLength(1);
  });

  it('an unknown conversation, and a direct one', async () => {
    chat.state.conversation(conversationId).type = 'direct';
    expect(await codeOf(create(owner))).toBe('DIRECT_CONVERSATION');
    expect(await codeOf(revoke(owner, randomUUID()))).toBe('DIRECT_CONVERSATION');
    conversationId = randomUUID();
    for (const work of [create(owner), revoke(owner, randomUUID()), list(owner)])
      expect(await codeOf(work)).toBe('CONVERSATION_NOT_FOUND');
  });

  it(`more than ${OPEN_INVITES_MAX} open invites, and one more as soon as one has ended`, async () => {
    const invites = [];
    for (let n = 0; n < OPEN_INVITES_MAX; n += 1) invites.push(await create(n % 2 === 0 ? owner : admin));
    expect(await codeOf(create(owner))).toBe('TOO_MANY_INVITES');
    expect(await list(owner)).toHaveLength(OPEN_INVITES_MAX);
    await revoke(owner, invites[0]?.id ?? '');
    expect(await codeOf(create(owner))).toBeNull();
    await chat.invites.countUse(invites[1]?.id ?? '');
    expect(await codeOf(create(owner))).toBeNull();
    expect(await codeOf(create(owner))).toBe('TOO_MANY_INVITES');
  });
});
