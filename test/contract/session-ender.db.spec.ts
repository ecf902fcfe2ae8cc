import { randomUUID } from 'node:crypto';
import { sessionRoom } from '../../src/arch/common/domain/rooms.js';
import { SessionEnderAdapter } from '../../src/arch/modules/auth/infrastructure/adapters/session-ender.adapter.js';
import { SessionRevocationsAdapter } from '../../src/arch/modules/auth/infrastructure/adapters/session-revocations.adapter.js';
import { BusFake } from '../fakes/bus.fake.js';
import { DatabaseEpochFake } from '../fakes/database-epoch.fake.js';
import { RoomEmitterFake } from '../fakes/room-emitter.fake.js';
import { SecurityLogFake } from '../fakes/security-log.fake.js';
import { SessionEnderFake } from '../fakes/session-ender.fake.js';
import { testConfig } from '../support/test-config.js';
import { realSessionSubject } from './real-session-subject.js';
import { describeSessionEnderContract } from './session-ender.contract.js';
import { LAPTOP } from './session-subject.js';

describeSessionEnderContract('the fake', async () => {
  const ender = new SessionEnderFake();
  return {
    ender,
    signUp: async () => randomUUID(),
    open: async (userId) => ender.open(userId),
    end: async (id) => void Object.assign(ender.sessions.get(id) ?? {}, { hasEnded: true }),
    readState: async (id) => {
      const { hasEnded = true, isTraced = true } = ender.sessions.get(id) ?? {};
      return { canRefresh: !hasEnded, isRefused: hasEnded, isCut: hasEnded, isTraced };
    },
    close: async () => undefined,
  };
});

describeSessionEnderContract('PostgreSQL', async () => {
  const subject = await realSessionSubject();
  const { sessions, postgres } = subject;
  const rooms = new RoomEmitterFake();
  const bus = new BusFake();
  const epoch = new DatabaseEpochFake();
  const revocations = new SessionRevocationsAdapter(sessions, rooms, bus, testConfig(), epoch);
  const tokens = new Map<string, string>();
  return {
    ender: new SessionEnderAdapter(sessions, revocations, new SecurityLogFake()),
    signUp: () => subject.signUp(),
    async open(userId) {
      const { id, refreshToken } = await sessions.openSession(userId, LAPTOP);
      tokens.set(id, refreshToken);
      return id;
    },
    async end(id, userId) {
      await sessions.endSession(id, userId);
    },
    async readState(id) {
      const rotation = await sessions.rotateToken(tokens.get(id) ?? '', LAPTOP);
      if (rotation.outcome === 'rotated') tokens.set(id, rotation.session.refreshToken);
      const [row] = await postgres.query(
        'select ip is not null or user_agent is not null as is_traced from sessions where id = $1',
        [id],
      );
      return {
        canRefresh: rotation.outcome === 'rotated',
        isRefused: revocations.isRevoked(id),
        isCut: rooms.disconnected.some(({ room }) => room === sessionRoom(id)),
        isTraced: row?.['is_traced'],
      };
    },
    close: () => subject.close(),
  };
});
