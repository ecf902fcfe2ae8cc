import { expect } from 'vitest';
import { PersonalDataProviders } from '../../../src/arch/modules/account/application/personal-data-providers.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';

/** Names of columns that hold the id of a user, with or without a foreign key. */
const NAMES =
  '(user|author|owner|sender|creator|actor|subject|member|recipient|reporter|blocker|blocked)_id|\\w+_by';
/** `written_by` in the table of the epoch is a transaction. */
const NO_USER = new Set(['database_epochs']);
const REFERRING = `
  select conrelid::regclass::text as name from pg_constraint
  where contype = 'f' and confrelid = 'users'::regclass
  union
  select table_name from information_schema.columns join information_schema.tables using (table_schema, table_name)
  where table_schema = 'public' and table_type = 'BASE TABLE' and column_name ~ '^(${NAMES})$'
  union
  select 'users'
  order by name`;

const it = apiTest.extend('steps', PER_FILE, ({ server }) => ({
  referring: async () => {
    const rows = await server.database.query<{ name: string }>(REFERRING);
    return rows.map(({ name }) => name).filter((name) => !NO_USER.has(name));
  },
  named: () => server.app.get(PersonalDataProviders).all.flatMap(({ tables }) => tables),
}));

it('every table that refers to users is named by exactly one provider of personal data', async ({
  steps,
}) => {
  expect(steps.named().toSorted()).toEqual(await steps.referring());
});

it.for([
  ['a foreign key', 'create table planted (who uuid references users)'],
  ['the name of a column', 'create table planted (actor_id uuid)'],
] as const)(
  'a table that refers to users by %s, and that no provider names, is found',
  async ([_label, statement], { steps, server }) => {
    await server.database.query(statement);
    expect((await steps.referring()).filter((name) => !steps.named().includes(name))).toEqual(['planted']);
    await server.database.query('drop table planted');
  },
);
