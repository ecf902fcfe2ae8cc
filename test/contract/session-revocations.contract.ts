import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SessionRevocationsPort } from '../../src/arch/modules/auth/application/ports/session-revocations.port.js';

interface SessionRevocationsSubject {
  readonly revocations: SessionRevocationsPort;
  /** The sessions whose sockets were closed, once for each time. */
  cut(): readonly string[];
}

export function describeSessionRevocationsContract(
  name: string,
  start: () => SessionRevocationsSubject,
): void {
  describe(`SessionRevocationsPort on ${name}`, () => {
    let subject: SessionRevocationsSubject;
    let one: string;
    let two: string;

    beforeEach(() => {
      subject = start();
      [one, two] = [randomUUID(), randomUUID()];
    });
    const revoked = () => [one, two].map((id) => subject.revocations.isRevoked(id));

    it('ends an announced session at once, with its tokens and sockets, and no other', () => {
      expect(revoked()).toEqual([false, false]);
      subject.revocations.announceRevocations([one]);
      expect(revoked()).toEqual([true, false]);
      expect(subject.cut()).toEqual([one]);
    });

    it('ends all sessions that are announced together', () => {
      subject.revocations.announceRevocations([one, two]);
      expect(revoked()).toEqual([true, true]);
      expect(subject.cut()).toEqual([one, two]);
    });

    it('closes its sockets once, however often a session is announced', () => {
      for (const ended of [[one], [one, two], [two, two]]) subject.revocations.announceRevocations(ended);
      expect(revoked()).toEqual([true, true]);
      expect(subject.cut()).toEqual([one, two]);
    });

    it('ends nothing when there is nothing to announce', () => {
      subject.revocations.announceRevocations([]);
      expect(revoked()).toEqual([false, false]);
      expect(subject.cut()).toEqual([]);
    });

    it('evicts none up to its maximum', () => {
      const many = Array.from({ length: 1_000 }, () => randomUUID());
      subject.revocations.announceRevocations(many);
      subject.revocations.announceRevocations([one]);
      expect(many.every((id) => subject.revocations.isRevoked(id))).toBe(true);
      expect(subject.revocations.forgottenUntil).toBe(0);
    });
  });
}
