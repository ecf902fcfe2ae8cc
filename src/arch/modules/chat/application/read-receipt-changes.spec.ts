import { beforeEach, expect, it } from 'vitest';
import { FakeAccounts } from '../../../../../test/fakes/fake-accounts.js';
import { ChatPublisherFake } from '../../../../../test/fakes/chat-publisher.fake.js';
import { ListenerFake, RoomEmitterFake } from '../../../../../test/fakes/room-emitter.fake.js';
import { userRoom, WITHOUT_READ_RECEIPTS } from '../../../common/domain/rooms.js';
import { ReadReceiptChanges } from './read-receipt-changes.js';

let accounts: FakeAccounts;
let rooms: RoomEmitterFake;
let live: ChatPublisherFake;
let ada: string;
let own: ListenerFake;
let other: ListenerFake;

beforeEach(async () => {
  [accounts, rooms, live] = [new FakeAccounts(), new RoomEmitterFake(), new ChatPublisherFake()];
  new ReadReceiptChanges(accounts.receipts, rooms, live).onModuleInit();
  ada = (await accounts.signUp('Ada')).id;
  const bob = (await accounts.signUp('Bob')).id;
  [own, other] = [new ListenerFake(), new ListenerFake()];
  rooms.join(userRoom(ada), own);
  rooms.join(userRoom(bob), other);
});

async function change(readReceipts: boolean): Promise<void> {
  await accounts.profiles.updateProfile(ada, { readReceipts });
  await accounts.receipts.announceChange(ada);
}
const heardInRoom = () => {
  rooms.emitToRoom('/chat', WITHOUT_READ_RECEIPTS, 'said', {});
  return [own.received.splice(0).length, other.received.splice(0).length];
};

it('the sockets of a user follow the setting into the room and out of it, those of others do not', async () => {
  expect(heardInRoom()).toEqual([0, 0]);
  await change(false);
  await change(false);
  expect(heardInRoom()).toEqual([1, 0]);
  await change(true);
  expect(heardInRoom()).toEqual([0, 0]);
});

it('a position that waits is dropped when the setting goes off', async () => {
  for (const lastReadSeq of [1, 2])
    live.publish({ kind: 'message_read', conversationId: 'c', userId: ada, lastReadSeq });
  await change(false);
  live.endSecond();
  expect(live.published).toHaveLength(1);
});
