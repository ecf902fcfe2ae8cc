import { rounds } from '../../support/rounds.js';
/** Maximum polls for one packet: many times what a test needs. */
const MOST_POLLS = 10_000;

/** engine.io's polling transport, implemented by hand. */
export class RawPolling {
  /** All packets that `packet` has received, in the order of arrival. */
  readonly packets: string[] = [];

  private constructor(
    readonly address: string,
    /** The open packet of engine.io. */
    readonly greeting: { readonly sid: string; readonly maxPayload: number },
  ) {}

  static async open(url: string, headers: Record<string, string> = {}): Promise<RawPolling> {
    const address = `${url}/socket.io/?EIO=4&transport=polling`;
    const packet = await (await fetch(address, { headers })).text();
    const greeting = JSON.parse(packet.slice(1)) as RawPolling['greeting'];
    return new RawPolling(`${address}&sid=${greeting.sid}`, greeting);
  }

  /** Like `open`, and connected to `/chat`: the server has emitted `ready`. */
  static async join(url: string, token: string): Promise<RawPolling> {
    const raw = await RawPolling.open(url);
    await raw.post(`40/chat,${JSON.stringify({ token })}`);
    await raw.packet(/^42\/chat,\["ready"/);
    return raw;
  }

  /** Sends packets and returns the HTTP status. */
  async post(body: string): Promise<number> {
    const response = await fetch(this.address, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain' },
    });
    await response.text();
    return response.status;
  }

  /** Polls once: returns the packets, or status 400 when the server no longer knows the connection. */
  async poll(): Promise<{ status: number; packets: string[] }> {
    const response = await fetch(this.address);
    const text = await response.text();
    return { status: response.status, packets: response.ok ? text.split('\u001e') : [] };
  }

  /** Polls until the first packet that matches has arrived. */
  async packet(form: RegExp): Promise<string> {
    for (const _ of rounds(MOST_POLLS)) {
      const found = this.packets.find((packet) => form.test(packet));
      if (found !== undefined) return found;
      const { status, packets } = await this.poll();
      if (status !== 200) break;
      this.packets.push(...packets);
    }
    throw new Error(`The server has ended the connection before it sent ${form.source}.`);
  }

  /** Polls until the server closes the connection; returns the packets before that. */
  async untilClosed(): Promise<string[]> {
    const before: string[] = [];
    for (const _ of rounds(MOST_POLLS)) {
      const { status, packets } = await this.poll();
      before.push(...packets);
      if (status === 400 || packets.includes('1')) break;
    }
    return before;
  }
}
