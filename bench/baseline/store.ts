import { randomUUIDv7 } from 'node:crypto';
import { Client } from 'pg';

/** A message with the same fields as Causerie's, so that both servers send the same bytes. */
export interface Message {
  readonly id: string;
  readonly conversationId: string;
  readonly senderId: string;
  readonly sender: { readonly id: string; readonly displayName: string; readonly avatarUrl: null };
  readonly content: string;
  readonly createdAt: string;
  readonly seq: number;
  readonly rev: number;
  readonly clientMessageId: string | null;
  readonly editedAt: null;
  readonly deletedAt: null;
}

/**
 * One durable statement per message: it checks the membership, increments the counter under its row lock and inserts
 * the row. It returns no row when the sender is not a member.
 */
const STORE = `
with head as (
  update conversations c set last_seq = c.last_seq + 1
  from members m
  where c.id = $1 and m.conversation_id = $1 and m.user_id = $2
  returning c.last_seq, m.display_name
), stored as (
  insert into messages (id, conversation_id, sender_id, content, created_at, seq, client_message_id)
  select $3, $1, $2, $4, $5, last_seq, $6 from head
)
select last_seq, display_name from head`;

type Callback = (error: Error | null, message?: Message) => void;
interface Connection {
  readonly client: Client;
  inFlight: number;
}

type Job = (connection: Connection) => void;

/**
 * Maximum statements in flight on a connection (`pg`'s `pipeline`); each commits by itself. Measured on the benchmark's
 * machine, two need a tenth less CPU than one, and more than two gain nothing.
 */
const MAX_STATEMENTS_IN_FLIGHT = 2;

/** The baseline's database, with a pool of its own: `pg`'s pool allocates promises and timers for every message. */
export class Store {
  private connections: Connection[] = [];
  private readonly waiting: Job[] = [];

  async openConnections(connectionString: string, size: number): Promise<void> {
    const clients = Array.from({ length: size }, () => new Client({ connectionString, pipeline: true }));
    await Promise.all(clients.map((client) => client.connect()));
    this.connections = clients.map((client) => ({ client, inFlight: 0 }));
  }

  /** Calls `done` after the commit, without a message when the sender is not a member. */
  storeMessage(
    conversationId: string,
    senderId: string,
    content: string,
    clientId: string | null,
    done: Callback,
  ): void {
    const id = randomUUIDv7();
    const createdAt = new Date().toISOString();
    const values = [conversationId, senderId, id, content, createdAt, clientId];
    this.withConnection((connection) => {
      connection.client.query<[string, string]>(
        { name: 'store', text: STORE, values, rowMode: 'array' },
        (error, result) => {
          this.releaseConnection(connection);
          // node-postgres omits `result` when there is an error.
          const row = error ? undefined : result.rows[0];
          if (!row) return done(error);
          const seq = Number(row[0]);
          const sender = { id: senderId, displayName: row[1], avatarUrl: null };
          const rest = { content, createdAt, seq, rev: seq, clientMessageId: clientId };
          done(null, { id, conversationId, senderId, sender, ...rest, editedAt: null, deletedAt: null });
        },
      );
    });
  }

  /** Calls `done` with `false` also when the query fails. */
  isMember(conversationId: string, userId: string, done: (isMember: boolean) => void): void {
    const text = 'select from members where conversation_id = $1 and user_id = $2';
    this.withConnection((connection) => {
      connection.client.query(
        { name: 'is_member', text, values: [conversationId, userId] },
        (error, result) => {
          this.releaseConnection(connection);
          done(!error && result.rowCount === 1);
        },
      );
    });
  }

  private withConnection(job: Job): void {
    const connection = this.leastBusyConnection();
    if (!connection) return void this.waiting.push(job);
    connection.inFlight += 1;
    job(connection);
  }

  private releaseConnection(connection: Connection): void {
    const job = this.waiting.shift();
    if (job) job(connection);
    else connection.inFlight -= 1;
  }

  /** @returns undefined when every connection has its maximum of statements in flight */
  private leastBusyConnection(): Connection | undefined {
    let least: Connection | undefined;
    for (const connection of this.connections) {
      if (connection.inFlight < (least?.inFlight ?? MAX_STATEMENTS_IN_FLIGHT)) least = connection;
    }
    return least;
  }
}
