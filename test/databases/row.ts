import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { ConnectionSettings } from '../../src/arch/common/infrastructure/database/connection.js';

/** A server on which the rows create their databases, with the address of its maintenance database, as a superuser. */
export interface Cluster {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly ssl: false;
}

/** One database, and the expected result of a start on it. */
export interface Row {
  readonly name: string;
  /** Creates it and returns its address; a text is the reason why this machine cannot create it. */
  readonly prepare: () => Promise<ConnectionSettings | string>;
  /** The expected line of the refusal; without it everything must work. */
  readonly refusal?: RegExp;
  /** The number of nodes on it; one by default. */
  readonly nodes?: 1 | 2;
}

/** Runs statements as a superuser, one at a time. */
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
 * A row with a database of its own, and a role that owns it.
 * @param cluster a text is the reason why there is none
 * @param options options of CREATE DATABASE
 * @param settings statements, in which DB and ROLE stand for the names
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

/** The rows of every cluster; on the run's own server none of them may be missing. */
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
