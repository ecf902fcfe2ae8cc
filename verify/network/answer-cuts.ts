import type { Counts } from '../counts.ts';
import type { Random } from '../random.ts';
import type { Faults } from '../verify.ts';
import { type LosesAnswer, Relay, type Target } from './relay.ts';

/** How often the answer to a piece of a client's, to something that is stored, and to another statement is lost. */
const CHANCE = { client: 0.01, stored: 0.05, statement: 0.002 };
/** Statements whose answer is that of a commit. */
const STORED = /store_messages|commit/i;
/** In transactions that somebody becomes a member in: a creation, or a member who is added. */
const MEMBERS = /insert into "conversation_members"/;

/** Relays in front of nodes and of PostgreSQL that lose answers while the clients work. */
export class AnswerCuts implements Faults {
  private readonly counts: Counts;
  private readonly random: Random;
  private readonly relays: Relay[] = [];
  private isOn = false;
  /** Commits of members that have come. */
  private ofMembers = 0;

  constructor(counts: Counts, random: Random) {
    this.counts = counts;
    this.random = random;
  }

  /** Answers with the address by which clients reach the node. */
  async beforeNode(url: string): Promise<string> {
    const { hostname, port } = new URL(url);
    const relay = await this.open(
      { host: hostname, port: Number(port || 80) },
      () => () => this.loses(CHANCE.client, 'answersCut'),
    );
    return `http://127.0.0.1:${relay.port}`;
  }

  /** Answers with the port of this machine by which nodes reach the database. */
  async beforeDatabase(target: Target): Promise<number> {
    const relay = await this.open(target, () => {
      let ofMembers = false;
      return (bytes) => {
        const asked = bytes.toString('latin1');
        ofMembers ||= MEMBERS.test(asked);
        if (!STORED.test(asked)) return this.loses(CHANCE.statement, 'statementsCut');
        const isTurn = ofMembers && this.isMembersTurn();
        ofMembers = false;
        return this.loses(isTurn ? 1 : CHANCE.stored, 'commitsCut');
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

  /** They are so few that by chance none might be lost: the first is, and every second one after it. */
  private isMembersTurn(): boolean {
    if (!this.isOn) return false;
    this.ofMembers += 1;
    return this.ofMembers % 2 === 1;
  }

  private async open(target: Target, loses: () => LosesAnswer): Promise<Relay> {
    const relay = await Relay.open(target, loses);
    this.relays.push(relay);
    return relay;
  }

  private loses(chance: number, count: 'answersCut' | 'commitsCut' | 'statementsCut'): boolean {
    if (!this.isOn || !this.random.chance(chance)) return false;
    this.counts[count] += 1;
    return true;
  }
}
