import { io, type Socket } from 'socket.io-client';

/** Milliseconds until an answer times out. */
const ANSWER_LIMIT = 10_000;

export interface FuzzAccount {
  readonly id: string;
  readonly token: string;
}

/** A well-behaved client that sends messages to itself while the other steps run. */
export class Resident {
  private readonly socket: Socket;
  private readonly conversationId: string;

  private constructor(socket: Socket, conversationId: string) {
    this.socket = socket;
    this.conversationId = conversationId;
  }

  static async join(url: string, token: string, conversationId: string): Promise<Resident> {
    const socket = io(`${url}/chat`, { auth: { token }, forceNew: true, transports: ['websocket'] });
    const resident = new Resident(socket, conversationId);
    await resident.emitWithAck('join_room', { conversationId });
    return resident;
  }

  /** Sends a message and waits until it is delivered. @throws Error when the message is not acknowledged */
  async chat(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const clientMessageId = crypto.randomUUID();
    const onMessage = (message: { clientMessageId: string }): void => {
      if (message.clientMessageId === clientMessageId) resolve();
    };
    this.socket.on('new_message', onMessage);
    try {
      await this.emitWithAck('send_message', {
        conversationId: this.conversationId,
        content: 'Is anybody there?',
        clientMessageId,
      });
      await promise;
    } finally {
      this.socket.off('new_message', onMessage);
    }
  }

  disconnect(): void {
    this.socket.disconnect();
  }

  private async emitWithAck(event: string, payload: object): Promise<void> {
    const answer = (await this.socket.timeout(ANSWER_LIMIT).emitWithAck(event, payload)) as { ok: boolean };
    if (!answer.ok) throw new Error(`${event}: ${JSON.stringify(answer)}`);
  }
}
