import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { ConversationMemberRepositoryFake } from '../../../../../../test/fakes/conversation-member-repository.fake.js';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import { MessageRepositoryFake } from '../../../../../../test/fakes/message-repository.fake.js';
import { messageCreated } from '../../domain/events/chat-event.js';
import { SendMessageCommand, SendMessageHandler } from './send-message.command.js';

let chat: FakeChat;
let handler: SendMessageHandler;
let owner: string;
let conversationId: string;

beforeEach(async () => {
  chat = new FakeChat();
  handler = new SendMessageHandler(chat.conversations, chat.members, chat.messages, chat.live, chat.quota);
  owner = await chat.signUp('Ada');
  conversationId = await chat.converse(owner);
});

const send = (content: string, clientMessageId?: string, senderId = owner) =>
  handler.execute(new SendMessageCommand(conversationId, senderId, content, clientMessageId));

/** The error of a refused command, and its effects. */
const refusal = async (work: Promise<unknown>) => ({
  code: await work.then(
    () => null,
    (error) => error.code,
  ),
  stored: [...chat.state.messages.values()].flat(),
  published: chat.live.published,
});
const refused = (code: string) => ({ code, stored: [], published: [] });

it('stores the message and publishes the very same', async () => {
  const sent = await send('Hello!', 'my-1');
  expect(sent).toMatchObject({
    duplicate: false,
    message: { conversationId, senderId: owner, content: 'Hello!', clientMessageId: 'my-1', seq: 1, rev: 1 },
  });
  expect((await chat.messages.findRange(conversationId, 1, 1)).data[0]).toEqual(sent.message);
  expect(chat.live.published).toEqual([messageCreated(sent.message)]);
});

it('publishes parallel messages in the order of rev, each once', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, index) => send(`message ${index}`)));
  const revs = chat.live.published.map((one) => one.kind === 'message_created' && one.rev);
  expect(revs).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

it('answers a repeat with the first message and does not publish it again', async () => {
  const first = await send('once', 'retry');
  expect(await send('once', 'retry')).toEqual({ message: first.message, duplicate: true });
  expect(chat.live.published).toHaveLength(1);
});

describe('refuses, stores nothing and publishes nothing:', () => {
  it('what is beyond the quota, which others do not use up', async () => {
    const stranger = await chat.signUp();
    chat.quota.mostMessages = 1;
    await send('within', 'first', stranger).catch(() => undefined);
    await send('within', 'first');
    chat.state.messages.clear();
    chat.live.published.length = 0;
    expect(await refusal(send('beyond'))).toEqual(refused('RATE_LIMITED'));
  });

  let stranger: string;
  beforeEach(async () => {
    stranger = await chat.signUp();
  });

  it('first of all, what is no message', async () => {
    conversationId = randomUUID();
    expect(await refusal(send(' \n\t', undefined, stranger))).toEqual(refused('VALIDATION_FAILED'));
  });

  it('then a conversation that does not exist', async () => {
    conversationId = randomUUID();
    expect(await refusal(send('Hello!', undefined, stranger))).toEqual(refused('CONVERSATION_NOT_FOUND'));
  });

  it('then a user who is no member', async () => {
    expect(await refusal(send('Hello!', undefined, stranger))).toEqual(refused('NOT_CONVERSATION_MEMBER'));
  });

  it('a message for which its sender has no right, which uses up none of the quota', async () => {
    chat.quota.mostMessages = 1;
    expect(await refusal(send('Hello!', undefined, stranger))).toEqual(refused('NOT_CONVERSATION_MEMBER'));
    const own = await chat.converse(stranger);
    conversationId = randomUUID();
    expect(await refusal(send('Hello!', undefined, stranger))).toEqual(refused('CONVERSATION_NOT_FOUND'));
    conversationId = own;
    expect(await send('Hello!', undefined, stranger)).toMatchObject({ duplicate: false });
  });

  it('strangers before anything is written', async () => {
    class Untouchable extends MessageRepositoryFake {
      override create = () => Promise.reject(new Error('The write was reached.'));
    }
    const messages = new Untouchable(chat.state);
    handler = new SendMessageHandler(chat.conversations, chat.members, messages, chat.live, chat.quota);
    const work = send('Hello!', undefined, stranger);
    expect(await refusal(work)).toEqual(refused('NOT_CONVERSATION_MEMBER'));
    conversationId = randomUUID();
    expect(await refusal(send('Hello!'))).toEqual(refused('CONVERSATION_NOT_FOUND'));
  });

  it('a user who stopped being a member between the check and the write', async () => {
    class MembersOfAMomentAgo extends ConversationMemberRepositoryFake {
      override isMember = async () => true;
    }
    const members = new MembersOfAMomentAgo(chat.state);
    handler = new SendMessageHandler(chat.conversations, members, chat.messages, chat.live, chat.quota);
    expect(await refusal(send('Hello!', undefined, stranger))).toEqual(refused('NOT_CONVERSATION_MEMBER'));
  });

  it('a sender who was a member, also with a repeat', async () => {
    chat.state.members.get(conversationId)?.delete(owner);
    expect(await refusal(send('Hello!', 'retry'))).toEqual(refused('NOT_CONVERSATION_MEMBER'));
  });
});

it('publishes nothing more when the id was used for other content', async () => {
  await send('this', 'used');
  await expect(send('that', 'used')).rejects.toMatchObject({ code: 'CLIENT_MESSAGE_ID_REUSED' });
  expect(chat.live.published).toHaveLength(1);
});
