import { randomUUID } from 'node:crypto';
import type { InviteRepositoryPort } from '../../src/arch/modules/chat/application/ports/invite-repository.port.js';
import type {
  FoundInvite,
  Invite,
  InviteDraft,
  NewInvite,
} from '../../src/arch/modules/chat/domain/models/invite.model.js';
import { type ChatState, type StoredInvite, toDate } from './chat-state.js';

export class InviteRepositoryFake implements InviteRepositoryPort {
  constructor(private readonly state: ChatState) {}

  async createInvite(
    conversationId: string,
    createdBy: string,
    { expiresInSeconds, maxUses, history }: InviteDraft,
  ): Promise<NewInvite> {
    const [id, token] = [randomUUID(), `fake-invite-${randomUUID()}`];
    const createdAt = toDate(this.state.now());
    const expiresAt = new Date(createdAt.getTime() + expiresInSeconds * 1_000);
    const invite = { id, createdBy, createdAt, expiresAt, maxUses, uses: 0, history };
    this.state.invites.set(id, { ...invite, token, conversationId });
    return { ...invite, token };
  }

  async countOpenInvites(conversationId: string): Promise<number> {
    return (await this.findOpenInvites(conversationId)).length;
  }

  async findOpenInvites(conversationId: string): Promise<readonly Invite[]> {
    return [...this.state.invites.values()]
      .filter((invite) => invite.conversationId === conversationId && this.isOpen(invite))
      .toReversed()
      .map((stored) => {
        const { conversationId: _, token: __, ...invite } = stored;
        return invite;
      });
  }

  async deleteInvite(conversationId: string, inviteId: string): Promise<void> {
    if (this.state.invites.get(inviteId)?.conversationId === conversationId)
      this.state.invites.delete(inviteId);
  }

  async findInviteByToken(token: string): Promise<FoundInvite | null> {
    const found = [...this.state.invites.values()].find((invite) => invite.token === token);
    if (!found || !this.isInForce(found)) return null;
    const { id, conversationId, history, uses, maxUses } = found;
    return { id, conversationId, history, isSpent: uses >= maxUses };
  }

  async countUse(inviteId: string): Promise<boolean> {
    const found = this.state.invites.get(inviteId);
    if (!found || !this.isOpen(found)) return false;
    found.uses += 1;
    return true;
  }

  private isOpen(invite: StoredInvite): boolean {
    return invite.uses < invite.maxUses && this.isInForce(invite);
  }

  private isInForce({ expiresAt }: StoredInvite): boolean {
    return expiresAt > toDate(this.state.now());
  }
}
