import type { Random } from '../random.ts';
import type { WirePeer } from './wire-peer.ts';

/** Connections that are left as they are, until there are more. */
const MAX_LINGERING = 40;
const MAX_SESSIONS = 30;

/** What steps find, and leave to those after them. */
export class World {
  readonly port: number;
  tokens: readonly string[] = [];
  /** Ids that mean something to this server. */
  known: readonly string[] = [];
  /** Routes, as `GET /chat/conversations/{id}`. */
  readonly routes: readonly string[];
  /** Sessions of clients that poll, living or not. */
  readonly sids: string[] = [];
  /** Answers by status, and what was not answered. */
  private readonly statuses = new Map<string, number>();
  /** What may never come, with the step that it came after. */
  private readonly faults: string[] = [];
  private readonly lingering: WirePeer[] = [];

  constructor(port: number, routes: readonly string[]) {
    this.port = port;
    this.routes = routes;
  }

  get findings() {
    return { statuses: this.statuses, faults: this.faults };
  }

  /** Those in whose name things are asked from now on. */
  meet(tokens: readonly string[], ids: readonly string[]): void {
    this.tokens = tokens;
    this.known = ids;
  }

  remember(sid: string): void {
    this.sids.push(sid);
    if (this.sids.length > MAX_SESSIONS) this.sids.shift();
  }

  /** One of them, mostly the latest. */
  sid(random: Random): string {
    if (this.sids.length === 0) return 'none';
    return random.chance(0.5) ? (this.sids.at(-1) ?? '') : random.pick(this.sids);
  }

  /** Notes what came, and leaves the connection open or ends it. */
  done(step: string, peer: WirePeer, stays = false): void {
    const statuses = [...peer.received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => String(status));
    for (const status of statuses.length > 0 ? statuses : ['none']) {
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
      if (status.startsWith('5')) this.faults.push(`${status} after ${step}: ${peer.received.slice(-500)}`);
    }
    // In a frame or a poll; over HTTP the status tells, and the API document has examples.
    if (/^HTTP\/1\.1 (101|200) /.test(peer.received) && /\["error",\{"code":"INTERNAL"/.test(peer.received))
      this.faults.push(`INTERNAL after ${step}`);
    if (!stays) return peer.destroy();
    this.lingering.push(peer);
    if (this.lingering.length > MAX_LINGERING) this.lingering.shift()?.destroy();
  }

  /** To be called when nothing came for something that deserves an answer. */
  unanswered(step: string): void {
    this.faults.push(`no answer to ${step}`);
  }

  /** Ends all that was left open. */
  clear(): void {
    for (const peer of this.lingering.splice(0)) peer.destroy();
  }
}
