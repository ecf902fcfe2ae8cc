import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { ConnectionSettings } from '../../src/arch/common/infrastructure/database/connection.js';

/** A server on which the rows make their databases; leads to its maintenance database, as a superuser. */
export interface Cluster {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly ssl: false;
}

/** One database, and what becomes of a start on it. */
export interface Row {
  readonly name: string;
  /** Makes it, and says where it is; a text says why this machine cannot. */
  readonly prepare: () => Promise<ConnectionSettings | string>;
  /** How the one line reads; without it everything must work. */
  readonly refusal?: RegExp;
  /** How many nodes are there at once; one by default. */
  readonly nodes?: 1 | 2;
}

/** As a superuser, one statement at a time. */
async function ask(cluster: Cluster, ...statements: readonly string[]): Promise<void> {
  const client = new Client(cluster);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * A row with a database, and a role that owns it, of its own.
 * @param cluster a text says why there is none
 * @param options of CREATE DATABASE
 * @param settings statements, in which DB and ROLE stand for their names
 */
export function ownDatabase(
  cluster: () => Cluster | string,
  name: string,
  { options = '', settings = [], ...rest }: Partial<Row> & { options?: string; settings?: readonly string[] },
): Row {
  const prepare = async (): Promise<ConnectionSettings | string> => {
    const found = cluster();
    if (typeof found === 'string') return found;
    const own = `row_${randomUUID().replaceAll('-', '')}`;
    await ask(
      found,
      `create role ${own} login`,
      `create database ${own} owner ${own} template template0 ${options}`,
    );
    const named = settings.map((text) => text.replaceAll('DB', own).replaceAll('ROLE', own));
    await ask({ ...found, database: own }, ...named);
    return { ...found, user: own, database: own };
  };
  return { name, prepare, ...rest };
}

const encoding = (name: string) => new RegExp(`its encoding \\(server_encoding\\) is ${name}, `);

/** What every cluster must have; of the run's own server no row can be missing. */
export function localeRows(cluster: () => Cluster | string, server: string): Row[] {
  const row = (what: string, given: Parameters<typeof ownDatabase>[2]) =>
    ownDatabase(cluster, `${server}, ${what}`, given);
  return [
    row('locale C', { options: `encoding 'UTF8' locale 'C'` }),
    row('ICU tr', { options: `encoding 'UTF8' locale 'C' locale_provider icu icu_locale 'tr'` }),
    row('LATIN1', { options: `encoding 'LATIN1' locale 'C'`, refusal: encoding('LATIN1') }),
    row('SQL_ASCII', { options: `encoding 'SQL_ASCII' locale 'C'`, refusal: encoding('SQL_ASCII') }),
  ];
}
