import { Injectable } from '@nestjs/common';
import type { PersonalRecord } from '../../../common/application/ports/personal-data.port.js';
import { AccountDeparture } from './account-departure.js';
import { BanRepositoryPort } from './ports/ban-repository.port.js';
import { ChatDataPort } from './ports/chat-data.port.js';
import { BlockRepositoryPort } from './ports/block-repository.port.js';
import { MentionsPort } from './ports/mentions.port.js';
import { ChatExportPort } from './ports/chat-export.port.js';

/**
 * Erasing is leaving: memberships end by the rules of the conversations, messages stay for the other members. Blocks end
 * as well, those of others against the user included, and what messages mention the user is forgotten.
 */
@Injectable()
export class ChatData extends ChatDataPort {
  readonly tables: readonly string[];

  constructor(
    private readonly stored: ChatExportPort,
    private readonly departure: AccountDeparture,
    private readonly bans: BanRepositoryPort,
    private readonly blocks: BlockRepositoryPort,
    private readonly mentions: MentionsPort,
  ) {
    super();
    this.tables = stored.tables;
  }

  export(userId: string): AsyncIterable<PersonalRecord> {
    return this.stored.export(userId);
  }

  async erase(userId: string): Promise<void> {
    await this.departure.leaveAllConversations(userId);
    await this.bans.deleteBansOf(userId);
    await this.blocks.eraseAll(userId);
    await this.mentions.eraseMentions(userId);
  }
}
