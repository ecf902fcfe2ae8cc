import type { TestServer, TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';

/** A correct client, which shows whether attacks of others affect the server. It runs in this process. */
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

  /** Sends a message and receives it once; returns nothing when this succeeds. */
  async problems(): Promise<unknown[]> {
    const { conversationId } = this;
    const { ok, data } = await this.socket.emit('send_message', { conversationId, content: 'well?' });
    await this.socket.settle();
    const received = this.socket.all('new_message').filter(({ id }) => ok && id === data.message.id);
    return received.length === 1
      ? this.unhandled
      : ['The bystander did not receive its own message.', ...this.unhandled];
  }

  leave(): void {
    process.off('unhandledRejection', this.note);
    process.off('uncaughtExceptionMonitor', this.note);
    this.socket.close();
  }

  private readonly note = (reason: unknown): void => void this.unhandled.push(reason);
}
