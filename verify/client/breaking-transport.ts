import { type HttpRequest, type SocketListener, type Transport, webTransport } from '@causerie/client';

/** The transport of the library, with a method that breaks its connection. */
export class BreakingTransport implements Transport {
  private readonly socketUrl: string;
  private readonly transport = webTransport();
  private breakSocket = (): void => undefined;

  /** @param socketUrl the node to which sockets are connected, whatever node requests are sent to */
  constructor(socketUrl: string) {
    this.socketUrl = socketUrl;
  }

  request(request: HttpRequest): ReturnType<Transport['request']> {
    return this.transport.request(request);
  }

  openSocket(_url: string, token: string, listener: SocketListener): ReturnType<Transport['openSocket']> {
    const socket = this.transport.openSocket(this.socketUrl, token, listener);
    this.breakSocket = () => {
      this.breakSocket = () => undefined;
      socket.close();
      listener.onClose('transport close');
    };
    return socket;
  }

  /** Ends the connection as a network does. */
  drop(): void {
    this.breakSocket();
  }

  close(): void {
    this.transport.close?.();
  }
}
