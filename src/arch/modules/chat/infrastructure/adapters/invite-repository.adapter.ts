import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { and, count, desc, eq, gt, lt, sql } from 'drizzle-orm';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { conversationInvites as invites } from '../../../../common/infrastructure/database/schema.js';
import type { InviteRepositoryPort } from '../../application/ports/invite-repository.port.js';
import type { FoundInvite, Invite, InviteDraft, NewInvite } from '../../domain/models/invite.model.js';
import { hashInviteToken, newInviteToken } from './invite-token.js';

const isSpent = sql<boolean>`${invites.uses} >= ${invites.maxUses}`;
const isInForce = gt(invites.expiresAt, sql`clock_timestamp()`);
const isOpen = and(isInForce, lt(invites.uses, invites.maxUses));

@Injectable()
export class InviteRepositoryAdapter implements InviteRepositoryPort {
  constructor(private readonly database: Database) {}

  async createInvite(
    conversationId: string,
    createdBy: string,
    { expiresInSeconds, maxUses, history }: InviteDraft,
  ): Promise<NewInvite> {
    const token = newInviteToken();
    const [invite] = await this.database.query((db) =>
      db
        .insert(invites)
        .values({
          id: randomUUIDv7(),
          tokenHash: hashInviteToken(token) as Buffer,
          conversationId,
          createdBy,
          // The same time in both, unlike `clock_timestamp()`.
          createdAt: sql`statement_timestamp()`,
          expiresAt: sql`statement_timestamp() + ${expiresInSeconds} * interval '1 second'`,
          maxUses,
          history,
        })
        .returning(inviteColumns),
    );
    if (!invite) throw new Error('The new invite is not there.');
    return { ...invite, token };
  }

  async countOpenInvites(conversationId: string): Promise<number> {
    const [row] = await this.database.query((db) =>
      db
        .select({ open: count() })
        .from(invites)
        .where(and(eq(invites.conversationId, conversationId), isOpen)),
    );
    return row?.open ?? 0;
  }

  findOpenInvites(conversationId: string): Promise<readonly Invite[]> {
    return this.database.query((db) =>
      db
        .select(inviteColumns)
        .from(invites)
        .where(and(eq(invites.conversationId, conversationId), isOpen))
        .orderBy(desc(invites.createdAt), desc(invites.id)),
    );
  }

  async deleteInvite(conversationId: string, inviteId: string): Promise<void> {
    await this.database.query((db) =>
      db.delete(invites).where(and(eq(invites.id, inviteId), eq(invites.conversationId, conversationId))),
    );
  }

  async findInviteByToken(token: string): Promise<FoundInvite | null> {
    const tokenHash = hashInviteToken(token);
    if (tokenHash === null) return null;
    const { id, conversationId, history } = invites;
    const [found] = await this.database.query((db) =>
      db
        .select({ id, conversationId, history, isSpent })
        .from(invites)
        .where(and(eq(invites.tokenHash, tokenHash), isInForce)),
    );
    return found ?? null;
  }

  async countUse(inviteId: string): Promise<boolean> {
    const counted = await this.database.query((db) =>
      db
        .update(invites)
        .set({ uses: sql`${invites.uses} + 1` })
        .where(and(eq(invites.id, inviteId), isOpen))
        .returning({ id: invites.id }),
    );
    return counted.length > 0;
  }
}

/** An allow-list, like those of `chat.columns.ts`. */
const inviteColumns = {
  id: invites.id,
  createdBy: invites.createdBy,
  createdAt: invites.createdAt,
  expiresAt: invites.expiresAt,
  maxUses: invites.maxUses,
  uses: invites.uses,
  history: invites.history,
};
