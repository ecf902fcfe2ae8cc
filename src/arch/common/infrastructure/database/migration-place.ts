import { type Client, escapeIdentifier } from 'pg';
import { StartupError } from '../config/startup.error.js';

/** Drizzle's own schema, which has always held the journal of tables in `public`. */
const DRIZZLE = 'drizzle';

interface Place {
  readonly schema: string;
  readonly journal: string;
  readonly role: string;
  readonly database: string;
  readonly may_create: boolean;
  readonly journal_there: boolean;
  readonly may_create_schema: boolean;
}

/** The schema of the tables is the first of `search_path`; when it is not `public`, it also holds the journal. */
const QUERY = `
  with place as (
    select current_schema() as schema,
      case current_schema() when 'public' then '${DRIZZLE}' else current_schema() end as journal
  )
  select *, quote_ident(current_user) as role, quote_ident(current_database()) as database,
    has_schema_privilege(schema, 'CREATE') as may_create,
    exists (select from pg_namespace where nspname = journal) as journal_there,
    has_database_privilege(current_database(), 'CREATE') as may_create_schema
  from place`;

/** Where the database keeps the record of its migrations. */
export class MigrationPlace {
  private constructor(private readonly found: Place) {}

  static async findPlace(client: Client): Promise<MigrationPlace> {
    const { rows } = await client.query<Place>(QUERY);
    return new MigrationPlace(rows[0] as Place);
  }

  /** The schema of the journal. */
  get journal(): string {
    return this.found.journal;
  }

  /**
   * Called before anything is created.
   * @throws StartupError that names the missing permission
   */
  requireRights(): void {
    const { schema, journal, role, database, may_create, journal_there, may_create_schema } = this.found;
    if (!may_create) {
      throw lacking(role, `make tables in the schema ${schema}`, `SCHEMA ${escapeIdentifier(schema)}`);
    }
    if (!journal_there && !may_create_schema) {
      throw lacking(role, `make the schema ${journal}`, `DATABASE ${database}`);
    }
  }
}

function lacking(role: string, what: string, on: string): StartupError {
  return new StartupError(
    `DATABASE_URL leads to a database that will not do: its role ${role} may not ${what}, ` +
      `and there is something to migrate. GRANT CREATE ON ${on} TO ${role}.`,
  );
}
