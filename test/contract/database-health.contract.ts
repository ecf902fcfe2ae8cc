import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DatabaseHealthPort } from '../../src/arch/common/application/ports/database-health.port.js';
import { UnavailableError } from '../../src/arch/common/domain/errors/unavailable.error.js';

interface DatabaseHealthSubject {
  readonly health: DatabaseHealthPort;
  goAway(): Promise<void>;
  onlyRead(): Promise<void>;
  /** The database is available and accepts writes. */
  comeBack(): Promise<void>;
  /** Advances the clock by the time for which an answer may be reused. */
  passSecond(): Promise<void>;
  close(): Promise<void>;
}

export function describeDatabaseHealthContract(
  name: string,
  start: () => Promise<DatabaseHealthSubject>,
): void {
  describe(`DatabaseHealthPort on ${name}`, () => {
    let subject: DatabaseHealthSubject;

    beforeEach(async () => {
      subject = await start();
    });
    afterEach(() => subject.close());

    /** The answers to ten simultaneous calls, a second later. */
    async function pingTenTimes(): Promise<unknown[]> {
      await subject.passSecond();
      const pings = await Promise.allSettled(Array.from({ length: 10 }, () => subject.health.pingDatabase()));
      return pings.map((one) => (one.status === 'fulfilled' ? one.value : one.reason));
    }
    const THERE = Array.from({ length: 10 }, () => undefined);
    const AWAY = Array.from({ length: 10 }, () => expect.any(UnavailableError));

    it('is healthy as long as the database answers', async () => {
      expect(await pingTenTimes()).toEqual(THERE);
      expect(await pingTenTimes()).toEqual(THERE);
    });

    it('is unhealthy while the database is unavailable, and healthy again afterwards', async () => {
      expect(await pingTenTimes()).toEqual(THERE);
      await subject.goAway();
      expect(await pingTenTimes()).toEqual(AWAY);
      expect(await pingTenTimes()).toEqual(AWAY);
      await subject.comeBack();
      expect(await pingTenTimes()).toEqual(THERE);
    });

    it('is unhealthy while the database is read-only, and healthy again afterwards', async () => {
      expect(await pingTenTimes()).toEqual(THERE);
      await subject.onlyRead();
      expect(await pingTenTimes()).toEqual(AWAY);
      expect(await pingTenTimes()).toEqual(AWAY);
      await subject.comeBack();
      expect(await pingTenTimes()).toEqual(THERE);
    });
  });
}
