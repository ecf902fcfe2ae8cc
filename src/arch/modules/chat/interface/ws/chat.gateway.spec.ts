import { randomUUID } from 'node:crypto';
import type { CommandBus, QueryBus } from '@nestjs/cqrs';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import { SocketFake } from '../../../../../../test/fakes/socket.fake.js';
import {
  GetConversationHeadHandler,
  type GetConversationHeadQuery,
} from '../../application/queries/get-conversation-head.query.js';
import { ChatGateway } from './chat.gateway.js';
import type { WsJwtAuthGuard } from './guards/ws-jwt-auth.guard.js';
import type { ReadReceiptSockets } from './read-receipt-sockets.js';
import type { Welcome } from './welcome.js';

let chat: FakeChat;
let socket: SocketFake;
/** Called before each reading of a head: the first one is the check. */
let beforeLook: (looks: number) => void;

beforeEach(() => {
  chat = new FakeChat();
  socket = new SocketFake();
  beforeLook = () => undefined;
});

function join(userId: string, conversationId: string) {
  const head = new GetConversationHeadHandler(chat.conversations, chat.members, chat.epoch);
  let looks = 0;
  const queries = {
    execute: (query: GetConversationHeadQuery) => {
      looks += 1;
      beforeLook(looks);
      return head.execute(query);
    },
  };
  const gateway = new ChatGateway(
    {} as CommandBus,
    queries as unknown as QueryBus,
    {} as WsJwtAuthGuard,
    {} as Welcome,
    { placeSocket: async () => undefined } as unknown as ReadReceiptSockets,
  );
  const user = { sub: userId, email: 'ada@test.example', sid: randomUUID(), permissions: [] };
  return gateway.joinRoom(socket.real, user, { conversationId });
}

describe('join_room', () => {
  it('answers the head of the conversation as it is after joining', async () => {
    const ada = await chat.signUp();
    const conversationId = await chat.converse(ada);
    const during: string[][] = [];
    beforeLook = () => void during.push([...socket.moves]);
    expect(await join(ada, conversationId)).toEqual({
      conversationId,
      lastSeq: 0,
      rev: 0,
      epoch: 'epoch-1',
    });
    expect(during).toEqual([[], [`joined ${conversationId}`]]);
    expect(socket.clientsRooms).toEqual([conversationId]);
  });

  it('a socket without access is at no time in the room', async () => {
    const [ada, eve] = [await chat.signUp(), await chat.signUp()];
    const conversationId = await chat.converse(ada);
    await expect(join(eve, conversationId)).rejects.toMatchObject({ code: 'NOT_CONVERSATION_MEMBER' });
    await expect(join(eve, randomUUID())).rejects.toMatchObject({ code: 'CONVERSATION_NOT_FOUND' });
    expect(socket.moves).toEqual([]);
  });

  it('a socket that has lost access by the time of the reading leaves the room again', async () => {
    const [ada, bob] = [await chat.signUp(), await chat.signUp()];
    const conversationId = await chat.converse(ada, bob);
    beforeLook = (looks) => void (looks === 2 && chat.state.members.get(conversationId)?.delete(bob));
    await expect(join(bob, conversationId)).rejects.toMatchObject({ code: 'NOT_CONVERSATION_MEMBER' });
    expect(socket.moves).toEqual([`joined ${conversationId}`, `left ${conversationId}`]);
  });
});
