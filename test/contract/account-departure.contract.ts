import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccountDeparture } from '../../src/arch/modules/chat/application/account-departure.js';
import type { LogRow } from './chat-subject.js';
import type { MemberRole } from '../../src/arch/modules/chat/domain/models/conversation-member.model.js';

type Members = readonly (readonly [userId: string, role: MemberRole])[];

export interface DepartureSubject {
  readonly departure: AccountDeparture;
  /** Returns a new user's id. */
  user(): Promise<string>;
  /** Creates a conversation with `rev` 7, whose members joined one after another. Returns its id. */
  converse(members: Members): Promise<string>;
  readState(id: string): Promise<{
    rev: number;
    membersRev: number;
    memberCount: number;
    isDeleted: boolean;
    members: Members;
    log: readonly LogRow[];
  }>;
  close(): Promise<void>;
}

export function describeAccountDepartureContract(name: string, make: () => Promise<DepartureSubject>): void {
  describe(`AccountDeparture on ${name}`, () => {
    let subject: DepartureSubject;
    let leaver: string;
    let a: string;
    let b: string;
    let c: string;

    beforeAll(async () => {
      subject = await make();
    });
    beforeEach(async () => {
      a = await subject.user();
      leaver = await subject.user();
      b = await subject.user();
      c = await subject.user();
    });
    afterAll(() => subject.close());

    /** The state of a conversation after the departure. */
    const leftTo = (heirId: string | undefined, ...members: Members) => ({
      rev: 8,
      membersRev: 8,
      memberCount: members.length,
      isDeleted: false,
      members,
      log: [
        {
          rev: 8,
          kind: 'member_removed',
          actorId: leaver,
          subjectId: leaver,
          afterSeq: 0,
          data: { reason: 'account_deleted', ...(heirId !== undefined && { heirId }) },
        },
      ],
    });
    const left = (...members: Members) => leftTo(undefined, ...members);
    const leave = () => subject.departure.leaveAllConversations(leaver);
    const after = async (...members: Members) => {
      const id = await subject.converse(members);
      await leave();
      return subject.readState(id);
    };

    it('ends a membership with the next rev', async () => {
      expect(await after([a, 'owner'], [leaver, 'member'], [b, 'admin'])).toEqual(
        left([a, 'owner'], [b, 'admin']),
      );
    });

    it('an admin who leaves is not replaced', async () => {
      expect(await after([a, 'member'], [leaver, 'admin'], [b, 'owner'])).toEqual(
        left([a, 'member'], [b, 'owner']),
      );
    });

    it('the oldest admin becomes owner when the owner leaves', async () => {
      expect(await after([leaver, 'owner'], [c, 'member'], [b, 'admin'], [a, 'admin'])).toEqual(
        leftTo(b, [c, 'member'], [b, 'owner'], [a, 'admin']),
      );
    });

    it('without an admin the oldest member becomes owner', async () => {
      expect(await after([leaver, 'owner'], [c, 'member'], [a, 'member'])).toEqual(
        leftTo(c, [c, 'owner'], [a, 'member']),
      );
    });

    it('with its last member a conversation is deleted', async () => {
      expect(await after([leaver, 'owner'])).toEqual({
        ...left(),
        isDeleted: true,
        log: [
          {
            rev: 8,
            kind: 'conversation_deleted',
            actorId: leaver,
            subjectId: null,
            afterSeq: 0,
            data: {},
          },
        ],
      });
    });

    it('ends all memberships, and touches no conversation of others', async () => {
      const mine = await Promise.all(
        [1, 2, 3].map(() =>
          subject.converse([
            [a, 'owner'],
            [leaver, 'member'],
          ]),
        ),
      );
      const other = await subject.converse([
        [a, 'owner'],
        [b, 'member'],
      ]);
      await leave();
      for (const id of mine) expect(await subject.readState(id)).toEqual(left([a, 'owner']));
      expect(await subject.readState(other)).toMatchObject({
        rev: 7,
        membersRev: 0,
        memberCount: 2,
        log: [],
      });
    });

    it('is harmless when repeated, also at the same time', async () => {
      const id = await subject.converse([
        [leaver, 'owner'],
        [a, 'member'],
      ]);
      await Promise.all([leave(), leave(), leave()]);
      await leave();
      expect(await subject.readState(id)).toEqual(leftTo(a, [a, 'owner']));
    });
  });
}
