import type { WireChangeEvent, WireMember, WireMessage } from '../wire.ts';
import type {
  Act,
  Attempt,
  Circle,
  DirectRequest,
  Ear,
  Heard,
  ListedDirects,
  OpenedDirect,
  Role,
  Row,
  ShownDirect,
  Switching,
} from './circle.ts';

type Open<T> = { -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key] };
export type OpenAct = Open<Act>;
export type OpenAttempt = Open<Attempt>;
export type OpenEar = Open<Ear>;

/** Collects what happens in a circle. */
export class CircleRecord {
  readonly acts: OpenAct[] = [];
  readonly bans: Switching[] = [];
  readonly blocks: Switching[] = [];
  readonly directRequests: DirectRequest[] = [];
  /** Tokens of the invites that were made. */
  readonly invites: string[] = [];
  invitePlaces = 0;
  readonly ears: OpenEar[] = [];
  readonly opened: OpenedDirect[] = [];
  readonly shownDirects: ShownDirect[] = [];
  readonly listedDirects: ListedDirects[] = [];
  end: Circle['end'] = null;
  /** Number of acts that were answered with success. */
  done = 0;
  /** Of the conversation; empty until it is created. */
  id = '';
  /** The roles after the newest change that anybody has heard of: what people believe, not what is checked. */
  readonly roles = new Map<number, Role>();
  /** Who is banned, as people believe. */
  readonly banned = new Set<number>();
  private believed = 0;
  private readonly people: readonly string[];
  private readonly personOf: ReadonlyMap<string, number>;

  constructor(accounts: readonly { readonly id: string; readonly name: string }[]) {
    this.people = accounts.map(({ name }) => name);
    for (const person of accounts.keys()) this.roles.set(person, person === 0 ? 'owner' : 'member');
    this.personOf = new Map(accounts.map(({ id }, person) => [id, person]));
  }

  /** @returns the index of a person; -1 for another user, or none */
  indexOf(userId: string | null | undefined): number {
    return this.personOf.get(userId ?? '') ?? -1;
  }

  circle(): Circle {
    const { people, acts, bans, blocks, invitePlaces, ears, end } = this;
    const { directRequests, opened, shownDirects, listedDirects } = this;
    const directs = { directRequests, opened, shownDirects, listedDirects };
    return { people, acts, bans, blocks, invitePlaces, ears, ...directs, end };
  }

  rowOfMessage({ senderId, content, rev }: WireMessage): Row {
    return { kind: 'message', actor: this.indexOf(senderId), subject: -1, value: content, rev, heir: -1 };
  }

  rowOfEvent({ kind, actorId, subjectId, rev, data }: WireChangeEvent): Row {
    const value = data.member?.role ?? data.reason ?? data.title ?? '';
    const heir = this.indexOf(data.heirId);
    return { kind, actor: this.indexOf(actorId), subject: this.indexOf(subjectId), value, rev, heir };
  }

  /** Takes note of an event. @returns undefined for one that takes no `rev` */
  hear(event: string, payload: unknown): Heard | undefined {
    const heard = this.readEvent(event, payload);
    if (heard && heard.rev > this.believed) this.believe(heard, payload);
    return heard;
  }

  private believe({ kind, subject, value, rev }: Heard, payload: unknown): void {
    this.believed = rev;
    if (kind === 'member_added' || kind === 'member_updated') this.roles.set(subject, value as Role);
    if (kind !== 'member_removed') return;
    this.roles.delete(subject);
    if (value === 'banned') this.banned.add(subject);
    const heir = this.indexOf((payload as { heirId?: string }).heirId);
    if (heir !== -1) this.roles.set(heir, 'owner');
  }

  private readEvent(event: string, payload: unknown): Heard | undefined {
    if (event === 'new_message') return this.rowOfMessage(payload as WireMessage);
    const { rev, actorId, userId, member, reason, changed } = payload as {
      rev: number;
      actorId?: string;
      userId?: string;
      member?: WireMember;
      reason?: string;
      changed?: { title?: string };
    };
    const actor = this.indexOf(actorId);
    const subject = this.indexOf(member?.userId ?? userId);
    switch (event) {
      case 'member_added':
      case 'member_updated':
        return { kind: event, actor, subject, value: member?.role ?? '', rev };
      case 'member_removed':
        return { kind: event, actor, subject, value: reason ?? '', rev };
      case 'conversation_updated':
        return { kind: event, actor, subject: -1, value: changed?.title ?? '', rev };
      default:
        return undefined;
    }
  }
}
