import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from '../account.ts';
import type { Random } from '../random.ts';
import type { Role } from './circle.ts';
import { CircleListener } from './circle-listener.ts';
import type { CircleRecord } from './circle-record.ts';
import { CircleRequests } from './circle-requests.ts';
import { DirectTalks } from './direct-talks.ts';

/** Minimum and maximum milliseconds between two acts of a person. */
const PAUSE = [0, 10] as const;
/** Share of the acts that are chosen without regard for the roles. */
const BLIND = 0.2;
/** Share of the other acts that are messages, at least. */
const TALKING = 0.4;
/**
 * Person 0 is never removed, never leaves, and is in no block: somebody must be able to read the end, and to create further
 * conversations of all.
 */
const KEEPER = 0;
const ROLES: readonly Role[] = ['admin', 'admin', 'member', 'owner'];
/** The latest invites, which people use. */
const INVITES = 5;

/** A person of a circle: does one thing after another, whether it is allowed or not. */
export class CircleClient {
  readonly listener: CircleListener;
  readonly directs: DirectTalks;
  private readonly requests: CircleRequests;
  private readonly others: readonly number[];
  private readonly person: number;
  private readonly name: string;
  private readonly record: CircleRecord;
  private readonly random: Random;
  private number = 0;

  constructor(
    person: number,
    accounts: readonly Account[],
    record: CircleRecord,
    random: Random,
    unexpected: string[],
  ) {
    const account = accounts[person] as Account;
    this.person = person;
    this.name = account.name;
    this.record = record;
    this.random = random;
    this.others = [...accounts.keys()].filter((other) => other !== person);
    this.listener = new CircleListener(person, account, record, unexpected);
    this.requests = new CircleRequests(person, accounts, record, this.listener, random, unexpected);
    this.directs = new DirectTalks(person, accounts, record, random, unexpected);
  }

  async run(enough: () => boolean): Promise<void> {
    if (this.person === KEEPER) await this.begin();
    // A short round has few other blocks.
    else await this.block(this.random.pick(this.others));
    while (!enough()) {
      await this.act();
      await delay(this.random.integer(...PAUSE));
    }
  }

  /** Two more people may do most of it from the start, and the last ones are banned: a short round has few other bans. */
  private async begin(): Promise<void> {
    for (const admin of this.others.slice(0, 2)) await this.requests.changeRole(admin, 'admin');
    for (const banned of this.others.slice(-2)) await this.requests.ban(banned);
    await this.requests.invite();
  }

  private act(): Promise<void> {
    const { random, others } = this;
    const { roles } = this.record;
    const role = roles.get(this.person);
    const absent = others.filter((other) => !roles.has(other));
    if (random.chance(0.02)) return Promise.resolve(this.listener.socket.drop('tcp'));
    if (random.chance(0.05)) return this.talk(random.pick([this.person, ...others]));
    if (random.chance(0.03)) return this.block(random.pick(others));
    if (random.chance(BLIND)) return this.actAs('owner', random.pick(others), TALKING);
    // Whoever is out comes back by an invite, or waits until somebody adds it.
    if (role === undefined) return random.chance(0.1) ? this.send() : this.comeBack();
    if (role !== 'member' && absent.length > 0 && random.chance(0.5)) return this.letIn(random.pick(absent));
    return this.actAs(role, random.pick(others));
  }

  /** @param least excludes the acts before it */
  private actAs(role: Role, subject: number, least = 0): Promise<void> {
    const { requests } = this;
    const dice = least + this.random.next() * (1 - least);
    if (dice < TALKING) return this.send();
    if (dice < 0.47 && this.person !== KEEPER) return requests.endMembership(this.person, 'left');
    if (role === 'member' || (dice < 0.66 && subject === KEEPER)) return this.send();
    if (dice < 0.53) return requests.endMembership(subject, 'removed');
    if (dice < 0.66) return this.ban(subject);
    if (dice < 0.74) return requests.add(subject);
    if (dice < 0.82) return requests.invite();
    if (dice < 0.92) return requests.changeRole(subject, this.random.pick(ROLES));
    return requests.rename(this.unique());
  }

  /** Mostly with an invite that is open then: the banned person tries to come back by it. */
  private async ban(subject: number): Promise<void> {
    await this.requests.ban(subject);
    if (this.random.chance(0.7)) await this.requests.invite();
  }

  /** Who is banned cannot be added before the ban is lifted: some try it all the same. */
  private letIn(subject: number): Promise<void> {
    if (this.random.chance(0.25)) return this.requests.invite();
    const isBanned = this.record.banned.has(subject);
    return isBanned && this.random.chance(0.4) ? this.requests.unban(subject) : this.requests.add(subject);
  }

  /** By one of the latest invites, which may be spent. */
  private async comeBack(): Promise<void> {
    await delay(20);
    const latest = this.record.invites.slice(-INVITES);
    const tokens = this.random.chance(0.6) ? latest.slice(-1) : latest;
    if (tokens.length > 0 && this.random.chance(0.5)) await this.requests.joinBy(this.random.pick(tokens));
  }

  private block(other: number): Promise<void> {
    if (this.person === KEEPER || other === KEEPER) return this.send();
    return this.directs.block(other, this.unique());
  }

  private talk(other: number): Promise<void> {
    return this.directs.open(other, this.unique());
  }

  private send(): Promise<void> {
    return this.requests.send(this.unique());
  }

  private unique(): string {
    this.number += 1;
    return `${this.name}: ${this.number}`;
  }
}
