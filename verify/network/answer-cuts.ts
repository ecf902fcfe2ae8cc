import type { Counts } from '../counts.ts';
import type { Random } from '../random.ts';
import type { Faults } from '../verify.ts';
import { Relay, type Target } from './relay.ts';

/** How often the answer to a piece of a client's, to something that is stored, and to another statement is lost. */
const CHANCE = { client: 0.01, stored: 0.05, statement: 0.002 };
/** Ends a transaction of several statements. */
const COMMIT = /commit/i;
/** Statements whose answer is that of a commit. */
const STORED = /store_messages|commit/i;

/** Relays in front of nodes and of PostgreSQL that lose answers while the clients work. */
export class AnswerCuts implements Faults {
  private readonly counts: Counts;
  private readonly random: Random;
  private readonly relays: Relay[] = [];
  private isOn = false;
  private hasCreated = false;

  constructor(counts: Counts, random: Random) {
    this.counts = counts;
    this.random = random;
  }

  /** Answers with the address by which clients reach the node. */
  async beforeNode(url: string): Promise<string> {
    const { hostname, port } = new URL(url);
    const relay = await this.open({ host: hostname, port: Number(port || 80) }, () =>
      this.loses(CHANCE.client, 'answersCut'),
    );
    return `http://127.0.0.1:${relay.port}`;
  }

  /** Answers with the port of this machine by which nodes reach the database. */
  async beforeDatabase(target: Target): Promise<number> {
    const relay = await this.open(target, (bytes) => {
      const asked = bytes.toString('latin1');
      if (!STORED.test(asked)) return this.loses(CHANCE.statement, 'statementsCut');
      return this.loses(this.isFirstCreation(asked) ? 1 : CHANCE.stored, 'commitsCut');
    });
    return relay.port;
  }

  begin(): void {
    this.isOn = true;
    this.hasCreated = false;
  }

  async end(): Promise<void> {
    this.isOn = false;
  }

  async close(): Promise<void> {
    await Promise.all(this.relays.map((relay) => relay.close()));
  }

  /** A round begins with creations, so few that by chance none would be lost. */
  private isFirstCreation(asked: string): boolean {
    if (!this.isOn || this.hasCreated || !COMMIT.test(asked)) return false;
    this.hasCreated = true;
    return true;
  }

  private async open(target: Target, loses: (asked: Buffer) => boolean): Promise<Relay> {
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
