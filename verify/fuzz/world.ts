import type { Random } from '../random.ts';
import type { WirePeer } from './wire-peer.ts';

/** Maximum connections that are left open; after that the oldest is closed. */
const MAX_LINGERING = 40;
/** Maximum polling sessions that are remembered. */
const MAX_SESSIONS = 30;

/** The state that all steps share: accounts, ids, sessions, open connections and findings. */
export class World {
  readonly port: number;
  tokens: readonly string[] = [];
  /** Ids that exist on this server. */
  known: readonly string[] = [];
  /** Routes, such as `get /chat/conversations/{id}`. */
  readonly routes: readonly string[];
  /** Ids of polling sessions, which may have ended. */
  readonly sids: string[] = [];
  /** Number of answers by status; `none` for steps without an answer. */
  private readonly statuses = new Map<string, number>();
  /** Answers that are not allowed, and missing answers, each with its step. */
  private readonly faults: string[] = [];
  private readonly lingering: WirePeer[] = [];

  constructor(port: number, routes: readonly string[]) {
    this.port = port;
    this.routes = routes;
  }

  get findings() {
    return { statuses: this.statuses, faults: this.faults };
  }

  /** Sets the accounts and ids that steps use from now on. */
  useAccounts(tokens: readonly string[], ids: readonly string[]): void {
    this.tokens = tokens;
    this.known = ids;
  }

  rememberSession(sid: string): void {
    this.sids.push(sid);
    if (this.sids.length > MAX_SESSIONS) this.sids.shift();
  }

  /** @returns the id of a polling session, mostly of the latest */
  pickSession(random: Random): string {
    if (this.sids.length === 0) return 'none';
    return random.chance(0.5) ? (this.sids.at(-1) ?? '') : random.pick(this.sids);
  }

  /** Records the answers that a peer received, and closes it unless it stays open. */
  recordStep(step: string, peer: WirePeer, staysOpen = false): void {
    const statuses = [...peer.received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => String(status));
    for (const status of statuses.length > 0 ? statuses : ['none']) {
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
      if (status.startsWith('5')) this.faults.push(`${status} after ${step}: ${peer.received.slice(-500)}`);
    }
    // Only frames and polls are searched for `INTERNAL`: other answers have a status, and the API document has examples.
    if (/^HTTP\/1\.1 (101|200) /.test(peer.received) && /\["error",\{"code":"INTERNAL"/.test(peer.received))
      this.faults.push(`INTERNAL after ${step}`);
    if (!staysOpen) return peer.destroy();
    this.lingering.push(peer);
    if (this.lingering.length > MAX_LINGERING) this.lingering.shift()?.destroy();
  }

  /** Records that a complete request was not answered. */
  recordUnanswered(step: string): void {
    this.faults.push(`no answer to ${step}`);
  }

  /** Closes all connections that were left open. */
  closePeers(): void {
    for (const peer of this.lingering.splice(0)) peer.destroy();
  }
}
