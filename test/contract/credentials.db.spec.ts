import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { Database } from '../../src/arch/common/infrastructure/database/database.js';
import { CredentialsAdapter } from '../../src/arch/modules/auth/infrastructure/adapters/credentials.adapter.js';
import { UserRepositoryAdapter } from '../../src/arch/modules/user/infrastructure/adapters/user-repository.adapter.js';
import { CredentialsFake } from '../fakes/credentials.fake.js';
import { TransactionRunnerFake } from '../fakes/transaction-runner.fake.js';
import { TestDatabase } from '../support/test-database.js';
import { type CredentialsSubject, describeCredentialsContract } from './credentials.contract.js';

async function realSubject(): Promise<CredentialsSubject> {
  const postgres = await TestDatabase.create();
  const database = new Database(postgres.connection, 8);
  const users = new UserRepositoryAdapter(database);
  return {
    credentials: new CredentialsAdapter(database),
    transactions: database,
    signUp: async () => (await users.create({ email: `${randomUUID()}@x.org`, displayName: 'Ada' })).id,
    async close() {
      await database.onApplicationShutdown();
      await postgres.drop();
    },
  };
}

describeCredentialsContract('the fake', async () => {
  const credentials = new CredentialsFake();
  return {
    credentials,
    transactions: new TransactionRunnerFake(credentials),
    signUp: async () => randomUUID(),
    close: async () => undefined,
  };
});
describeCredentialsContract('PostgreSQL', realSubject);

it('a locked password is not changed or erased before the transaction ends', async () => {
  const subject = await realSubject();
  const { credentials, transactions } = subject;
  const id = await subject.signUp();
  await credentials.createCredentials(id, 'a hash');
  const order: string[] = [];
  let change: Promise<void> = Promise.resolve();
  await transactions.runInTransaction(async () => {
    await credentials.holdPassword(id, 'a hash');
    const started = Promise.withResolvers<void>();
    change = outside(async () => {
      started.resolve();
      await credentials.changePassword(id, 'another hash');
      order.push('changed');
    });
    await started.promise;
    expect(await outside(() => credentials.findPasswordHash(id))).toBe('a hash');
    order.push('held');
  });
  await change;
  expect(order).toEqual(['held', 'changed']);
  await subject.close();

  function outside<T>(work: () => Promise<T>): Promise<T> {
    return (transactions as Database).outsideTransaction(work);
  }
});

it('the time at which a password was changed is stored with it', async () => {
  const postgres = await TestDatabase.create();
  const database = new Database(postgres.connection, 2);
  const { id } = await new UserRepositoryAdapter(database).create({
    email: 'ada@x.org',
    displayName: 'Ada',
  });
  const credentials = new CredentialsAdapter(database);
  await credentials.createCredentials(id, 'a hash');
  await postgres.query(`update credentials set changed_at = now() - interval '1 day'`);
  await credentials.changePassword(id, 'another hash');
  const stored = `select password_hash, changed_at > now() - interval '1 hour' as lately from credentials`;
  expect(await postgres.query(stored)).toEqual([{ password_hash: 'another hash', lately: true }]);
  await database.onApplicationShutdown();
  await postgres.drop();
});
