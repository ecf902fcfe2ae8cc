import type { Attempt, Circle, Switching } from '../circle/circle.ts';
import { mayHaveBeenOn, wasCertainlyOn } from './switches.ts';
import type { Violation } from './violation.ts';

/**
 * Two people of whom one has blocked the other do not reach each other directly, and nobody adds whom he has been blocked by.
 * Nobody is refused for a block that is not there.
 */
export function* checkCircleBlocks(circle: Circle): Generator<Violation> {
  const name = (person: number): string => circle.people[person] ?? 'nobody';
  const blocks = Map.groupBy(circle.blocks, pairOf);
  const between = (actor: number, subject: number) => blocks.get(pairOf({ actor, subject })) ?? [];
  const additions = circle.acts.filter(
    ({ kind, actor, subject }) => kind === 'member_added' && actor !== subject,
  );
  for (const request of [...circle.directRequests, ...additions]) {
    const { actor, subject } = request;
    const [own, other] = [between(actor, subject), between(subject, actor)];
    const isDirect = !('kind' in request);
    const isBlocked = wasCertainlyOn(other, request) || (isDirect && wasCertainlyOn(own, request));
    const mayBeBlocked = mayHaveBeenOn(other, request) || (isDirect && mayHaveBeenOn(own, request));
    const what = `${name(actor)} ${isDirect ? 'reached' : 'added'} ${name(subject)}`;
    if (isBlocked && request.outcome === 'done')
      yield { kind: 'blocked', text: `${what}, although there was a block` };
    if (!mayBeBlocked && isRefused(request))
      yield { kind: 'blocked', text: `${what} in vain, although there was no block` };
  }
}

function pairOf({ actor, subject }: Pick<Switching, 'actor' | 'subject'>): string {
  return `${actor} ${subject}`;
}

function isRefused({ code }: Attempt): boolean {
  return code === 'USER_NOT_REACHABLE';
}
