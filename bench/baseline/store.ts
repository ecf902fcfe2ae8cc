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
type Job = (client: Client) => void;

/** Connections that are handed out by hand: `pg`'s own pool costs promises and timers on every message. */
export class Store {
  private readonly idle: Client[] = [];
  private readonly waiting: Job[] = [];

  async connect(connectionString: string, size: number): Promise<void> {
    for (let count = 0; count < size; count += 1) {
      const client = new Client({ connectionString, application_name: 'baseline' });
      await client.connect();
      this.idle.push(client);
    }
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
    this.withClient((client) => {
      client.query<[string, string]>(
        { name: 'store', text: STORE, values, rowMode: 'array' },
        (error, result) => {
          this.release(client);
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
    this.withClient((client) => {
      client.query({ name: 'is_member', text, values: [conversationId, userId] }, (error, result) => {
        this.release(client);
        done(!error && result.rowCount === 1);
      });
    });
  }

  private withClient(job: Job): void {
    const client = this.idle.pop();
    if (client) job(client);
    else this.waiting.push(job);
  }

  private release(client: Client): void {
    const job = this.waiting.shift();
    if (job) job(client);
    else this.idle.push(client);
  }
}
