import type { Counts } from '../counts.ts';
import type { Random } from '../random.ts';
import type { Faults } from '../verify.ts';
import { type CutsAnswer, Relay, type Target } from './relay.ts';

/** Probability that the answer to a chunk of a client, to a commit, and to another statement is cut. */
const CHANCE = { client: 0.01, stored: 0.05, statement: 0.002 };
/** Statements whose answer is the answer to a commit. */
const STORED = /store_messages|commit/i;
/** Statements of transactions that add members: the creation of a conversation, or an addition. */
const MEMBERS = /insert into "conversation_members"/;

/** Relays in front of nodes and of PostgreSQL that cut answers while the clients act. */
export class AnswerCuts implements Faults {
  private readonly counts: Counts;
  private readonly random: Random;
  private readonly relays: Relay[] = [];
  private isOn = false;
  /** Number of commits that have added members. */
  private memberCommits = 0;

  constructor(counts: Counts, random: Random) {
    this.counts = counts;
    this.random = random;
  }

  /** Opens a relay in front of a node. @returns the URL for clients */
  async openBeforeNode(url: string): Promise<string> {
    const { hostname, port } = new URL(url);
    const relay = await this.openRelay(
      { host: hostname, port: Number(port || 80) },
      () => () => this.decideCut(CHANCE.client, 'answersCut'),
    );
    return `http://127.0.0.1:${relay.port}`;
  }

  /** Opens a relay in front of the database. @returns its local port, for the nodes */
  async openBeforeDatabase(target: Target): Promise<number> {
    const relay = await this.openRelay(target, () => {
      let addsMembers = false;
      return (bytes) => {
        const text = bytes.toString('latin1');
        addsMembers ||= MEMBERS.test(text);
        if (!STORED.test(text)) return this.decideCut(CHANCE.statement, 'statementsCut');
        const mustCut = addsMembers && this.mustCutMembers();
        addsMembers = false;
        return this.decideCut(mustCut ? 1 : CHANCE.stored, 'commitsCut');
      };
    });
    return relay.port;
  }

  begin(): void {
    this.isOn = true;
  }

  async end(): Promise<void> {
    this.isOn = false;
  }

  async close(): Promise<void> {
    await Promise.all(this.relays.map((relay) => relay.close()));
  }

  /** Commits that add members are so few that a random choice might cut none: every second one is cut, from the first on. */
  private mustCutMembers(): boolean {
    if (!this.isOn) return false;
    this.memberCommits += 1;
    return this.memberCommits % 2 === 1;
  }

  private async openRelay(target: Target, cutsAnswer: () => CutsAnswer): Promise<Relay> {
    const relay = await Relay.open(target, cutsAnswer);
    this.relays.push(relay);
    return relay;
  }

  private decideCut(chance: number, count: 'answersCut' | 'commitsCut' | 'statementsCut'): boolean {
    if (!this.isOn || !this.random.chance(chance)) return false;
    this.counts[count] += 1;
    return true;
  }
}
