import { createHmac, createSecretKey, hkdfSync, randomUUID, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { ReceivedNodeMessages } from './received-node-messages.js';

/** Characters of a SHA-256 in base64url; a space follows. */
const MAC_LENGTH = 43;
const HEAD_START = MAC_LENGTH + 1;
/** The sending node, the time of its clock, the number of its message. */
const HEAD = /^([0-9a-f-]{36}) (\d{1,16}) (\d{1,16}) /;
const MAX_HEAD = 36 + 16 + 16 + 3;

/** `own`: this node's own message; `forged`: not signed with the nodes' secret for this channel. */
export type Dropped = 'own' | 'forged' | 'late' | 'replayed';

/**
 * Authenticates the messages between nodes: other clients of Redis could publish, too. A message is signed
 * (HMAC-SHA-256) with its channel, its sender, the time and its number, under a key of the nodes' secret.
 */
@Injectable()
export class NodeSeal {
  /** A new id after each start, because the numbers start again. */
  private readonly node = randomUUID();
  private readonly received = new ReceivedNodeMessages();
  private readonly key;
  private sent = 0;

  constructor({ env }: AppConfig) {
    const key = hkdfSync('sha256', env.JWT_ACCESS_SECRET, '', 'word between nodes', 32);
    this.key = createSecretKey(new Uint8Array(key));
  }

  sealMessage(channel: string, content: string): string {
    this.sent += 1;
    const sealed = `${this.node} ${Date.now()} ${this.sent} ${content}`;
    return `${this.signMessage(channel, sealed).toString('base64url')} ${sealed}`;
  }

  /** Returns the message, or why it is dropped. Does not parse anything that is not authentic. */
  openMessage(channel: string, message: Buffer): Buffer | Dropped {
    const sealed = message.subarray(HEAD_START);
    if (sealed.toString('latin1', 0, this.node.length) === this.node) return 'own';
    const mac = Buffer.from(message.toString('latin1', 0, MAC_LENGTH), 'base64url');
    const expected = this.signMessage(channel, sealed);
    if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) return 'forged';
    const [head, sender, time, number] = HEAD.exec(sealed.toString('latin1', 0, MAX_HEAD)) ?? [];
    if (head === undefined || sender === undefined) return 'forged';
    const judged = this.received.judgeMessage(sender, Number(time), Number(number), Date.now());
    return judged === 'new' ? sealed.subarray(head.length) : judged;
  }

  private signMessage(channel: string, sealed: string | Buffer): Buffer {
    return createHmac('sha256', this.key).update(`${channel}\n`).update(sealed).digest();
  }
}
