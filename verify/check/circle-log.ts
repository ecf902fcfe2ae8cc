import type { Circle, Role, Row } from '../circle/circle.ts';
import type { Violation } from './violation.ts';

/** A time as a member, from one `rev` to another, which may be that of the removal. */
interface Span {
  readonly person: number;
  readonly from: number;
  readonly to: number;
}

/** A circle with its rows in the order of `rev`, and what follows from them. */
export class FoldedCircle {
  readonly circle: Circle;
  /** In the order of `rev`. */
  readonly rows: readonly Row[];
  readonly byRev: ReadonlyMap<number, Row>;
  readonly spans: readonly Span[];

  constructor(circle: Circle) {
    this.circle = circle;
    this.rows = (circle.end?.rows ?? []).toSorted((one, other) => one.rev - other.rev);
    this.byRev = new Map(this.rows.map((row) => [row.rev, row]));
    this.spans = spansOf(circle, this.rows);
  }

  /** Whether a message or change with this `rev` was for the person: the own removal was, too. */
  wasMember(person: number, rev: number): boolean {
    return this.spans.some((span) => span.person === person && span.from <= rev && rev <= span.to);
  }

  /** Whether the person had the role at any time. */
  hadRole(person: number, role: string): boolean {
    const gave = ({ subject, value, heir }: Row): boolean =>
      (subject === person && value === role) || (heir === person && role === 'owner');
    return firstRoleOf(person) === role || this.rows.some(gave);
  }

  /** Whether the person was a member at any time after this `rev`. */
  isMemberAfter(person: number, rev: number): boolean {
    return this.spans.some((span) => span.person === person && span.to > rev);
  }

  /** @returns the `rev` of the first removal after this one; Infinity without one */
  removalAfter(person: number, rev: number): number {
    const ends = this.spans.filter((span) => span.person === person && span.to > rev).map(({ to }) => to);
    return Math.min(Infinity, ...ends);
  }

  describe({ kind, actor, subject, value }: Omit<Row, 'rev' | 'heir'>): string {
    const name = (person: number): string => this.circle.people[person] ?? 'nobody';
    return `${kind} by ${name(actor)}${subject === -1 ? '' : ` of ${name(subject)}`} (${value})`;
  }
}

/** Every number up to the `rev` is that of one message or one change, and all of them together lead to the state at the end. */
export function* checkCircleLog(folded: FoldedCircle): Generator<Violation> {
  const { circle, rows, byRev } = folded;
  const { end } = circle;
  if (!end) return;
  for (let rev = 1; rev <= end.rev; rev += 1) {
    if (!byRev.has(rev))
      yield { kind: 'log-hole', text: `rev ${rev} of a circle is that of no message and of no change` };
  }
  if (rows.length !== byRev.size || rows.some(({ rev }) => rev > end.rev))
    yield { kind: 'log-hole', text: `a circle has ${rows.length} messages and changes up to rev ${end.rev}` };
  const state = new CircleState(circle.people.length);
  for (const row of rows) {
    const problem = state.apply(row);
    if (problem === 'outside')
      yield { kind: 'outside', text: `${folded.describe(row)} at rev ${row.rev}: not a member then` };
    else if (problem !== undefined)
      yield { kind: 'log-wrong', text: `${folded.describe(row)} at rev ${row.rev}: ${problem}` };
  }
  const expected = listRoles([...state.roles].map(([person, role]) => ({ person, role })));
  if (listRoles(end.members) !== expected)
    yield {
      kind: 'log-wrong',
      text: `a circle has ${listRoles(end.members)}, but its log leads to ${expected}`,
    };
  if (end.title !== state.title)
    yield { kind: 'log-wrong', text: `a circle is named ${end.title}, but its log leads to ${state.title}` };
}

function listRoles(members: readonly { readonly person: number; readonly role: Role }[]): string {
  return members
    .map(({ person, role }) => `${person} ${role}`)
    .toSorted()
    .join(', ');
}

/** Roles and the title, change by change. */
class CircleState {
  title = 'circle';
  readonly roles: Map<number, Role>;
  /** Between the two changes of a transfer there is no owner: who has given the role away. */
  private handing = -1;

  constructor(people: number) {
    this.roles = new Map(Array.from({ length: people }, (_, person) => [person, firstRoleOf(person)]));
  }

  /** @returns what is wrong with the row at this point */
  apply(row: Row): string | undefined {
    const { kind, actor, subject, value } = row;
    const role = this.roles.get(actor);
    const { handing } = this;
    if (kind === 'member_added' && actor === subject) return this.join(subject, value as Role);
    if (role === undefined) return 'outside';
    if (handing !== -1 && (kind !== 'member_updated' || value !== 'owner' || actor !== handing))
      return this.fail('there is no owner');
    if (kind === 'message') return undefined;
    if (kind === 'member_added') return this.add(role, subject, value as Role);
    if (kind === 'member_removed') return this.remove(role, row);
    if (kind === 'member_updated') return this.update(role, row);
    this.title = value;
    return role === 'member' ? 'the role does not allow it' : undefined;
  }

  /** By an invite. */
  private join(person: number, given: Role): string | undefined {
    return this.handing === -1 ? this.add('owner', person, given) : this.fail('there is no owner');
  }

  private add(role: Role, subject: number, given: Role): string | undefined {
    if (this.roles.has(subject)) return 'is a member already';
    this.roles.set(subject, given);
    return role === 'member' || given !== 'member' ? 'the role does not allow it' : undefined;
  }

  private remove(role: Role, { actor, subject, value, heir }: Row): string | undefined {
    const removed = this.roles.get(subject);
    if (removed === undefined) return 'is no member';
    this.roles.delete(subject);
    if ((removed === 'owner') !== (heir !== -1)) return 'an heir is missing, or there is one too many';
    if (heir !== -1 && !this.roles.has(heir)) return 'the heir is no member';
    if (heir !== -1) this.roles.set(heir, 'owner');
    if (actor === subject) return value === 'left' ? undefined : 'the reason is wrong';
    const allowed = role === 'owner' || (role === 'admin' && removed === 'member');
    const isReason = value === 'removed' || value === 'banned';
    return allowed && isReason ? undefined : 'the role does not allow it';
  }

  private update(role: Role, { actor, subject, value }: Row): string | undefined {
    const before = this.roles.get(subject);
    if (before === undefined) return 'is no member';
    this.roles.set(subject, value as Role);
    if (this.handing !== -1) return this.fail(undefined);
    if (role !== 'owner' || before === value) return 'the role does not allow it';
    if (actor === subject) this.handing = actor;
    return value === 'owner' || (actor === subject && value !== 'admin')
      ? 'there would be two owners, or none'
      : undefined;
  }

  private fail(problem: string | undefined): string | undefined {
    this.handing = -1;
    return problem;
  }
}

function firstRoleOf(person: number): Role {
  return person === 0 ? 'owner' : 'member';
}

function spansOf({ people }: Circle, rows: readonly Row[]): Span[] {
  const open = new Map(people.map((_, person) => [person, 0]));
  const spans: Span[] = [];
  for (const { kind, subject, rev } of rows) {
    const from = open.get(subject);
    if (kind === 'member_added' && from === undefined) open.set(subject, rev);
    if (kind !== 'member_removed' || from === undefined) continue;
    spans.push({ person: subject, from, to: rev });
    open.delete(subject);
  }
  return [...spans, ...[...open].map(([person, from]) => ({ person, from, to: Infinity }))];
}
