import { randomUUIDv7 } from 'node:crypto';
import { Client } from 'pg';

/** The same fields as Causerie's, so that the bytes on the wire are the same. */
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

/** One durable statement a message: membership, the counter under its row lock, the row. Nothing when not a member. */
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

type Done = (error: Error | null, message?: Message) => void;
interface Connection {
  readonly client: Client;
  underWay: number;
}

type Job = (connection: Connection) => void;

/**
 * Statements sent on a connection before the first is answered, each with a commit of its own. Two cost a tenth
 * less CPU than one, and more than two bring nothing.
 */
const DEPTH = 2;

/** Connections that are handed out by hand: `pg`'s own pool costs promises and timers on every message. */
export class Store {
  private connections: Connection[] = [];
  private readonly waiting: Job[] = [];

  async connect(connectionString: string, size: number): Promise<void> {
    const clients = Array.from({ length: size }, () => new Client({ connectionString, pipeline: true }));
    await Promise.all(clients.map((client) => client.connect()));
    this.connections = clients.map((client) => ({ client, underWay: 0 }));
  }

  /** Answers after the commit; `undefined` when the sender is not a member. */
  store(
    conversationId: string,
    senderId: string,
    content: string,
    clientId: string | null,
    done: Done,
  ): void {
    const id = randomUUIDv7();
    const createdAt = new Date().toISOString();
    const values = [conversationId, senderId, id, content, createdAt, clientId];
    this.withConnection((connection) => {
      connection.client.query<[string, string]>(
        { name: 'store', text: STORE, values, rowMode: 'array' },
        (error, result) => {
          this.release(connection);
          // node-postgres leaves `result` out when there is an error
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

  /** An error counts as no. */
  isMember(conversationId: string, userId: string, done: (isMember: boolean) => void): void {
    const text = 'select from members where conversation_id = $1 and user_id = $2';
    this.withConnection((connection) => {
      connection.client.query(
        { name: 'is_member', text, values: [conversationId, userId] },
        (error, result) => {
          this.release(connection);
          done(!error && result.rowCount === 1);
        },
      );
    });
  }

  private withConnection(job: Job): void {
    const connection = this.leastBusy();
    if (!connection) return void this.waiting.push(job);
    connection.underWay += 1;
    job(connection);
  }

  private release(connection: Connection): void {
    const job = this.waiting.shift();
    if (job) job(connection);
    else connection.underWay -= 1;
  }

  /** Undefined when all have as many statements as they take. */
  private leastBusy(): Connection | undefined {
    let least: Connection | undefined;
    for (const connection of this.connections) {
      if (connection.underWay < (least?.underWay ?? DEPTH)) least = connection;
    }
    return least;
  }
}
