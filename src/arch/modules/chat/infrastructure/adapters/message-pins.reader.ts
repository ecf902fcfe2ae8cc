import { Injectable } from '@nestjs/common';
import { and, desc, eq, gte, sql } from 'drizzle-orm';
import { CursorInvalidError } from '../../../../common/domain/errors/cursor-invalid.error.js';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import {
  messagePins as pins,
  messages,
  userProfiles,
} from '../../../../common/infrastructure/database/schema.js';
import type { MessagePinsPort, PinsRequest } from '../../application/ports/message-pins.port.js';
import type { PinPage } from '../../domain/models/pin-page.model.js';
import { fittingMessages } from '../../domain/services/fitting-messages.js';
import { readMessageColumns, senderColumns } from '../statements/chat.columns.js';
import { toReadMessage } from '../statements/to-message.js';

/** A position among the pinned messages: when it was pinned, in microseconds since 1970, and its `seq`. */
interface PinCursor {
  readonly pinned: string;
  readonly seq: string;
}

/** Before every pinned message. */
const START: PinCursor = { pinned: '9999999999999999', seq: '0' };
/** The letter distinguishes it from the cursors of other lists. */
const CURSOR = /^p(\d{1,16})\|(\d{1,16})$/;

const COUNT = {
  name: 'count_pins',
  text: 'select count(*)::int as pins from message_pins where conversation_id = $1',
};

const visibleFrom = sql`${sql.placeholder('visibleFrom')}::bigint`;
const readerId = sql`${sql.placeholder('readerId')}::uuid`;
const instantOf = (placeholder: string) =>
  sql`timestamptz 'epoch' + ${sql.placeholder(placeholder)}::float8 * interval '1 microsecond'`;

const pinsOnPage = (db: Session) =>
  db
    .select({ seq: pins.seq, pinnedAt: pins.pinnedAt })
    .from(pins)
    .where(
      and(
        eq(pins.conversationId, sql.placeholder('conversationId')),
        gte(pins.seq, visibleFrom),
        sql`(${pins.pinnedAt}, ${pins.seq}) < (${instantOf('pinned')}, ${sql.placeholder('seq')}::bigint)`,
      ),
    )
    .orderBy(desc(pins.pinnedAt), desc(pins.seq))
    .limit(sql.placeholder('limit'))
    .as('on_page');

const selectPins = (db: Session) => {
  const page = pinsOnPage(db);
  return db
    .select({
      pinned: sql<string>`(extract(epoch from ${page.pinnedAt}) * 1000000)::bigint::text`,
      message: readMessageColumns(visibleFrom, readerId),
      sender: senderColumns,
    })
    .from(page)
    .innerJoin(
      messages,
      and(eq(messages.conversationId, sql.placeholder('conversationId')), eq(messages.seq, page.seq)),
    )
    .innerJoin(userProfiles, eq(userProfiles.id, messages.senderId))
    .orderBy(desc(page.pinnedAt), desc(page.seq))
    .prepare('pinned_messages');
};

@Injectable()
export class MessagePinsReader implements MessagePinsPort {
  private readonly page;

  constructor(private readonly database: Database) {
    this.page = database.prepare(selectPins);
  }

  async countPins(conversationId: string): Promise<number> {
    const [row] = await this.database.execute<{ pins: number }>({ ...COUNT, values: [conversationId] });
    return row?.pins ?? 0;
  }

  async findPins({ limit, cursor, ...place }: PinsRequest): Promise<PinPage> {
    const after = cursor === undefined ? START : decodeCursor(cursor);
    const rows = await this.page({ ...place, ...after, limit: limit + 1 });
    const data = fittingMessages(
      rows.slice(0, limit).map(({ message, sender }) => toReadMessage(message, sender)),
    );
    const last = rows.length > data.length ? rows[data.length - 1] : undefined;
    return { data, nextCursor: last ? encodeCursor(last.pinned, last.message.seq) : null };
  }
}

function encodeCursor(pinned: string, seq: number): string {
  return Buffer.from(`p${pinned}|${seq}`).toString('base64url');
}

function decodeCursor(cursor: string): PinCursor {
  const [, pinned, seq] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (pinned === undefined || seq === undefined) throw new CursorInvalidError();
  return { pinned, seq };
}
