import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type {
  IdempotencyPort,
  KeptAnswer,
  KeyedRequest,
} from '../../src/arch/common/application/ports/idempotency.port.js';
import { type ChatSubject, converse, signUp } from './chat-subject.js';

export interface IdempotencySubject {
  readonly keys: IdempotencyPort;
  readonly chat: ChatSubject;
  /** Deletes the account. */
  end(userId: string): Promise<void>;
  /** Makes all stored keys so many hours older. */
  age(hours: number): Promise<void>;
}

class Refused extends Error {}

const yes = async () => true;

export function describeIdempotencyContract(
  name: string,
  makeSubject: () => Promise<IdempotencySubject>,
): void {
  describe(`IdempotencyPort on ${name}`, () => {
    let subject: IdempotencySubject;
    let ada: string;

    beforeAll(async () => {
      subject = await makeSubject();
    });
    afterAll(() => subject.chat.close());
    beforeEach(async () => {
      ada = await signUp(subject.chat);
    });

    const request = (changed: Partial<KeyedRequest> = {}, wanted = 'this'): KeyedRequest => ({
      userId: ada,
      route: 'POST /posts',
      key: 'one',
      bodySha256: createHash('sha256').update(wanted).digest(),
      ...changed,
    });
    /** Creates a conversation, and returns its id. */
    const create = async (): Promise<KeptAnswer> => ({
      status: 201,
      body: JSON.stringify({ id: await converse(subject.chat, ada), 'é\\"': '\u2028' }),
    });
    const once = (changed?: Partial<KeyedRequest>, wanted?: string, work = create) =>
      subject.keys.runOnce(request(changed, wanted), work);
    const created = async () =>
      (await subject.chat.members.findConversationsByUser(ada, 100)).data.map(({ id }) => id);

    it('does the work once, and answers a repeat byte for byte the same', async () => {
      const first = await once();
      expect(await once()).toEqual(first);
      expect(await once()).toEqual(first);
      expect(await created()).toEqual([JSON.parse(first.body).id]);
    });

    it('distinguishes users, routes and keys', async () => {
      const bob = await signUp(subject.chat);
      const answers = [
        await once(),
        await once({ userId: bob }),
        await once({ route: 'POST /chat/conversations' }),
        await once({ key: 'ONE' }),
        await once({ key: ' one' }),
      ];
      expect(new Set(answers.map(({ body }) => body)).size).toBe(5);
      expect(await created()).toHaveLength(5);
    });

    it('refuses a key that was used for another body, and still answers the first', async () => {
      const first = await once();
      await expect(once({}, 'that')).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
      expect(await once()).toEqual(first);
      expect(await created()).toHaveLength(1);
    });

    it('stores nothing for work that fails, and rolls it back: the key is free', async () => {
      const failing = async () => {
        await create();
        throw new Refused();
      };
      await expect(once({}, 'that', failing)).rejects.toThrow(Refused);
      expect(await created()).toEqual([]);
      expect((await once()).status).toBe(201);
      expect(await created()).toHaveLength(1);
    });

    it('lets parallel repeats wait for the first', async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => once()));
      expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
      expect(await created()).toHaveLength(1);
    });

    it('does one of several parallel creations with one key', async () => {
      const outcomes = await Promise.allSettled(['this', 'that', 'else'].map((wanted) => once({}, wanted)));
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
      expect(await created()).toHaveLength(1);
    });

    it('publishes once, when the work is stored', async () => {
      const published: string[] = [];
      const publish = async () => {
        subject.chat.transactions.afterCommit({
          publish: () => void published.push('published'),
          isStored: yes,
        });
        const answer = await create();
        expect(published).toEqual([]);
        return answer;
      };
      await once({}, undefined, publish);
      expect(published).toEqual(['published']);
      await once({}, undefined, publish);
      expect(published).toEqual(['published']);
    });

    it('keeps a key for 24 hours, and no longer', async () => {
      const first = await once();
      await subject.age(23.9);
      expect(await once()).toEqual(first);
      await subject.age(0.2);
      const second = await once({}, 'that');
      expect(second).not.toEqual(first);
      expect(await once({}, 'that')).toEqual(second);
      await expect(once()).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    });

    it('erases the keys of a user, and of no other', async () => {
      const bob = await signUp(subject.chat);
      const [mine, bobs] = [await once(), await once({ userId: bob })];
      await subject.keys.eraseOf(ada);
      expect(await once({ userId: bob })).toEqual(bobs);
      expect(await once()).not.toEqual(mine);
      await subject.keys.eraseOf(ada);
      await subject.keys.eraseOf(ada);
    });

    it('does and stores nothing for a deleted account', async () => {
      await subject.end(ada);
      await expect(once()).rejects.toMatchObject({ code: 'SESSION_REVOKED' });
      expect(await created()).toEqual([]);
    });
  });
}
