import type { EventExceptions } from '../../../../common/application/room-gate.js';
import type { RevPosition } from '../../domain/events/rev-order.js';
import { type ShownChange, withoutTarget } from './change-in-payload.js';

/** The first message that a socket may see, and the change at which that was read. */
interface Visibility {
  readonly from: number;
  readonly rev: number;
}

/** Another epoch of the database: all of its changes are later. */
const EARLIER_EPOCH = -1;

/** Changes in a row that a socket was not told of. */
interface Withheld {
  /** The change before the first of them. */
  readonly after: number;
  readonly upTo: number;
}

/** Adds a change that is withheld, too. Where others are missing in between, only the later ones are kept. */
function withhold(earlier: Withheld | undefined, { rev, prevRev = rev - 1 }: RevPosition): Withheld {
  if (!earlier || prevRev > earlier.upTo) return { after: prevRev, upTo: rev };
  if (rev < earlier.after) return earlier;
  return { after: Math.min(earlier.after, prevRev), upTo: Math.max(earlier.upTo, rev) };
}

/**
 * What the sockets of a room may not see of its first messages. They are not told of changes of these: `prevRev` of the next
 * change that they are told of says so, and their clients find no gap.
 */
export class HiddenHistory {
  /** Sockets that may not see the first messages, with the first one that each may see. */
  private readonly visibilities = new Map<string, Visibility>();
  /** All sockets may see messages from this one. */
  private visibleToAll = 1;
  /** By socket, until it is told of a later change. */
  private readonly withheld = new Map<string, Withheld>();

  /**
   * The socket's user does not see messages before this one. A membership only hides more: of two readings at the same change
   * the one that hides more is the later.
   * @param rev the change at which this was read
   */
  hideBefore(socketId: string, rev: number, seq = 1): void {
    const known = this.visibilities.get(socketId);
    if (known && (rev < known.rev || (rev === known.rev && seq < known.from))) return;
    // It may have to be told now of what was withheld.
    if (seq < (known?.from ?? 1)) this.withheld.delete(socketId);
    if (seq > 1) this.visibilities.set(socketId, { from: seq, rev });
    else this.visibilities.delete(socketId);
    this.visibleToAll = Math.max(this.visibleToAll, seq);
  }

  forgetSocket(socketId: string): void {
    this.visibilities.delete(socketId);
    this.withheld.delete(socketId);
  }

  /** Another epoch of the database gives the numbers of changes again. */
  forgetRevs(): void {
    this.withheld.clear();
    for (const [socketId, { from }] of this.visibilities)
      this.visibilities.set(socketId, { from, rev: EARLIER_EPOCH });
  }

  /**
   * The sockets that are not told of a change, or not of all of it. Must be called once for each change, in the order in which
   * they are delivered.
   * @returns undefined when all are told the same
   */
  exceptionsTo(event: string, change: ShownChange): EventExceptions | undefined {
    const { seq = Infinity, replyToSeq = Infinity } = change;
    if (Math.min(seq, replyToSeq) >= this.visibleToAll && this.withheld.size === 0) return undefined;
    const hiddenFrom = new Set<string>();
    const adjusted = new Map<string, (payload: object) => object>();
    const adjustments = new Map<string, (payload: object) => object>();
    for (const [socketId, { from: first }] of this.visibilities) {
      if (seq < first) {
        this.withheld.set(socketId, withhold(this.withheld.get(socketId), change));
        hiddenFrom.add(socketId);
        continue;
      }
      const prevRev = this.endWithheld(socketId, change);
      const hidesTarget = replyToSeq < first;
      if (prevRev === undefined && !hidesTarget) continue;
      const key = `${prevRev} ${hidesTarget}`;
      const adjust = adjustments.get(key) ?? adjustment(event, prevRev, hidesTarget);
      adjustments.set(key, adjust);
      adjusted.set(socketId, adjust);
    }
    return hiddenFrom.size + adjusted.size === 0 ? undefined : { hiddenFrom, adjusted };
  }

  /** Returns the change that the socket has to know before this one, when it is an earlier one than for the others. */
  private endWithheld(socketId: string, { rev, prevRev = rev - 1 }: RevPosition): number | undefined {
    const { after = rev, upTo = rev } = this.withheld.get(socketId) ?? {};
    // One that comes late changes nothing.
    if (rev > upTo) this.withheld.delete(socketId);
    return rev > upTo && prevRev <= upTo && after < prevRev ? after : undefined;
  }
}

const adjustment =
  (event: string, prevRev: number | undefined, hidesTarget: boolean) =>
  (payload: object): object => ({
    ...(hidesTarget ? withoutTarget(event, payload) : payload),
    ...(prevRev !== undefined && { prevRev }),
  });
