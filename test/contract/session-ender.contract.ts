import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SessionEnderPort } from '../../src/arch/modules/auth/application/ports/session-ender.port.js';

interface SessionState {
  readonly canRefresh: boolean;
  /** Whether its access tokens are refused. */
  readonly isRefused: boolean;
  /** Whether its sockets were closed. */
  readonly isCut: boolean;
  /** Whether its address and user agent are still stored. */
  readonly isTraced: boolean;
}

export interface SessionEnderSubject {
  readonly ender: SessionEnderPort;
  /** The id of a new user with an account. */
  signUp(): Promise<string>;
  /** Returns the id of a new session, with an address and a user agent. */
  open(userId: string): Promise<string>;
  /** Ends one of them directly. */
  end(sessionId: string, userId: string): Promise<void>;
  readState(sessionId: string): Promise<SessionState>;
  close(): Promise<void>;
}

const OPEN: SessionState = { canRefresh: true, isRefused: false, isCut: false, isTraced: true };
const OVER: SessionState = { canRefresh: false, isRefused: true, isCut: true, isTraced: false };

export function describeSessionEnderContract(name: string, start: () => Promise<SessionEnderSubject>): void {
  describe(`SessionEnderPort on ${name}`, () => {
    let subject: SessionEnderSubject;
    let ada: string;
    let bob: string;

    beforeAll(async () => {
      subject = await start();
    });
    beforeEach(async () => {
      [ada, bob] = [await subject.signUp(), await subject.signUp()];
    });
    afterAll(() => subject.close());

    it('ends every session of a user on all nodes, and erases their addresses and user agents', async () => {
      const sessions = [await subject.open(ada), await subject.open(ada), await subject.open(ada)];
      for (const id of sessions) expect(await subject.readState(id)).toEqual(OPEN);
      await subject.ender.endAllOf(ada);
      for (const id of sessions) expect(await subject.readState(id)).toEqual(OVER);
    });

    it('ends no session of another user', async () => {
      await subject.open(ada);
      const other = await subject.open(bob);
      await subject.ender.endAllOf(ada);
      expect(await subject.readState(other)).toEqual(OPEN);
    });

    it('also erases addresses and user agents of sessions that had ended before', async () => {
      const ended = await subject.open(ada);
      await subject.end(ended, ada);
      await subject.ender.endAllOf(ada);
      expect(await subject.readState(ended)).toMatchObject({ canRefresh: false, isTraced: false });
    });

    it('ends sessions that were opened after the first call, and accepts users without sessions', async () => {
      await subject.ender.endAllOf(ada);
      const late = await subject.open(ada);
      for (let times = 0; times < 2; times += 1) await subject.ender.endAllOf(ada);
      expect(await subject.readState(late)).toEqual(OVER);
    });
  });
}
