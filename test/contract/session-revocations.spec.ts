import { sessionRoom } from '../../src/arch/common/domain/rooms.js';
import { SessionRevocationsAdapter } from '../../src/arch/modules/auth/infrastructure/adapters/session-revocations.adapter.js';
import { BusFake } from '../fakes/bus.fake.js';
import { DatabaseEpochFake } from '../fakes/database-epoch.fake.js';
import { RoomEmitterFake } from '../fakes/room-emitter.fake.js';
import { SessionRepositoryFake } from '../fakes/session-repository.fake.js';
import { SessionRevocationsFake } from '../fakes/session-revocations.fake.js';
import { testConfig } from '../support/test-config.js';
import { describeSessionRevocationsContract } from './session-revocations.contract.js';

describeSessionRevocationsContract('the fake', () => {
  const revocations = new SessionRevocationsFake();
  return { revocations, cut: () => revocations.cut };
});

describeSessionRevocationsContract('the adapter', () => {
  const rooms = new RoomEmitterFake();
  const revocations = new SessionRevocationsAdapter(
    new SessionRepositoryFake(),
    rooms,
    new BusFake(),
    testConfig(),
    new DatabaseEpochFake(),
  );
  return { revocations, cut: () => rooms.disconnected.map(({ room }) => room.replace(sessionRoom(''), '')) };
});
