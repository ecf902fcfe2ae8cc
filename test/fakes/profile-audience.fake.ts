import type {
  ProfileAudience,
  ProfileAudiencePort,
} from '../../src/arch/modules/chat/application/ports/profile-audience.port.js';
import type { ChatState } from './chat-state.js';

export class ProfileAudienceFake implements ProfileAudiencePort {
  constructor(private readonly state: ChatState) {}

  async findAudience(userId: string): Promise<ProfileAudience> {
    const { members, blocks } = this.state;
    const conversationIds = [...members].flatMap(([id, ofConversation]) =>
      ofConversation.has(userId) ? [id] : [],
    );
    const others = [...blocks.keys()].flatMap((pair) => {
      const [blockerId = '', blockedId = ''] = pair.split(' ');
      if (blockerId === userId) return [blockedId];
      return blockedId === userId ? [blockerId] : [];
    });
    return { conversationIds, blockedIds: new Set(others) };
  }

  async findWritten(userId: string, conversationIds: readonly string[]): Promise<string[]> {
    return conversationIds.filter((id) =>
      this.state.messagesOf(id).some(({ senderId }) => senderId === userId),
    );
  }
}
