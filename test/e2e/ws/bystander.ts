import type { TestServer, TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';

/** Somebody decent, to see whether what others do harms the server. It runs in this very process. */
export class Bystander {
  private readonly unhandled: unknown[] = [];

  private constructor(
    readonly socket: TestSocket,
    readonly user: TestUser,
    readonly conversationId: string,
  ) {
    process.on('unhandledRejection', this.note);
    process.on('uncaughtExceptionMonitor', this.note);
  }

  static async join(server: TestServer): Promise<Bystander> {
    const user = await server.signUp();
    const conversationId = await server.createConversation(user);
    const socket = await TestSocket.connect(server.url, user.token);
    await socket.emit('join_room', { conversationId });
    return new Bystander(socket, user, conversationId);
  }

  /** Sends and hears itself once; nothing is answered when all is well. */
  async problems(): Promise<unknown[]> {
    const { conversationId } = this;
    const { ok, data } = await this.socket.emit('send_message', { conversationId, content: 'well?' });
    await this.socket.settle();
    const heard = this.socket.all('new_message').filter(({ id }) => ok && id === data.message.id);
    return heard.length === 1
      ? this.unhandled
      : ['The bystander did not hear its own message.', ...this.unhandled];
  }

  leave(): void {
    process.off('unhandledRejection', this.note);
    process.off('uncaughtExceptionMonitor', this.note);
    this.socket.close();
  }

  private readonly note = (reason: unknown): void => void this.unhandled.push(reason);
}
