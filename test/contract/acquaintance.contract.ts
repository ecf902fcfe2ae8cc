import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AcquaintancePort,
  PAIRS_MAX,
} from '../../src/arch/modules/chat/application/ports/acquaintance.port.js';

interface AcquaintanceSubject {
  readonly acquaintances: AcquaintancePort;
  signUp(): Promise<string>;
  /** Creates a group; returns a function with which a user leaves it. */
  converse(...userIds: string[]): Promise<(userId: string) => Promise<void>>;
  block(blockerId: string, blockedId: string): Promise<void>;
  /** Opens the direct conversation of the two, without a message. */
  openDirect(openerId: string, otherId: string): Promise<void>;
  /** Writes a message in the direct conversation of the two, which is created when it is not there. */
  write(senderId: string, toId: string): Promise<void>;
  close(): Promise<void>;
}

const STRANGERS = { oneHasWritten: false, otherHasWritten: false };

export function describeAcquaintanceContract(
  name: string,
  makeSubject: () => Promise<AcquaintanceSubject>,
): void {
  describe(`AcquaintancePort on ${name}`, () => {
    let subject: AcquaintanceSubject;
    let ada: string;
    let bob: string;
    let eve: string;

    beforeAll(async () => {
      subject = await makeSubject();
    });
    beforeEach(async () => {
      [ada, bob, eve] = [await subject.signUp(), await subject.signUp(), await subject.signUp()];
    });
    afterAll(() => subject.close());

    const find = (...pairs: [string, string][]) => subject.acquaintances.findAcquaintances(pairs);

    it('who opens a direct conversation learns nothing of the other one before the first message', async () => {
      await subject.openDirect(ada, bob);
      expect(await find([ada, bob], [bob, ada])).toEqual([null, null]);
      await subject.write(ada, bob);
      expect(await find([ada, bob])).toEqual([{ oneHasWritten: true, otherHasWritten: false }]);
    });

    it('knows who shares a conversation, in the order of the pairs, whichever of the two comes first', async () => {
      await subject.converse(ada, bob);
      await subject.converse(bob, eve);
      expect(await find([ada, eve], [ada, bob], [eve, bob], [bob, ada], [ada, randomUUID()])).toEqual([
        null,
        STRANGERS,
        STRANGERS,
        STRANGERS,
        null,
      ]);
      expect(await find()).toEqual([]);
    });

    it('ends when the last common conversation has been left', async () => {
      const leaveFirst = await subject.converse(ada, bob);
      const leaveSecond = await subject.converse(eve, ada, bob);
      await leaveFirst(bob);
      expect(await find([ada, bob])).toEqual([STRANGERS]);
      await leaveSecond(ada);
      expect(await find([ada, bob], [bob, eve])).toEqual([null, STRANGERS]);
    });

    it('a block ends it, whichever of the two has blocked the other, for nobody else', async () => {
      await subject.converse(ada, bob, eve);
      await subject.block(bob, ada);
      expect(await find([ada, bob], [bob, ada], [ada, eve], [bob, eve])).toEqual([
        null,
        null,
        STRANGERS,
        STRANGERS,
      ]);
    });

    it('tells who has written to whom in a direct conversation, never in a group', async () => {
      await subject.converse(ada, bob, eve);
      await subject.write(bob, ada);
      expect(await find([ada, bob], [bob, ada], [ada, eve])).toEqual([
        { oneHasWritten: false, otherHasWritten: true },
        { oneHasWritten: true, otherHasWritten: false },
        STRANGERS,
      ]);
      await subject.write(ada, bob);
      expect(await find([ada, bob])).toEqual([{ oneHasWritten: true, otherHasWritten: true }]);
    });

    it('a user knows itself where it is in a conversation', async () => {
      await subject.converse(ada);
      expect(await find([ada, ada], [bob, bob])).toEqual([STRANGERS, null]);
    });

    it('answers as many pairs as one statement may have', async () => {
      await subject.converse(ada, bob);
      const pairs = Array.from({ length: PAIRS_MAX }, (_, index): [string, string] =>
        index % 2 === 0 ? [ada, bob] : [ada, randomUUID()],
      );
      const expected = pairs.map((_, index) => (index % 2 === 0 ? STRANGERS : null));
      expect(await find(...pairs)).toEqual(expected);
    });
  });
}
