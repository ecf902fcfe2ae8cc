/** Between the `rev` at which a membership ended and that at which the next one began. */
export interface Absence {
  readonly from: number;
  readonly to: number;
}

/** Something that somebody did, with the `rev` that it took. */
export interface Landed {
  readonly what: string;
  readonly rev: number;
}

/** @param log the ends and beginnings of one user's memberships in a conversation, in the order of `rev` */
export function absencesOf(log: readonly { readonly kind: string; readonly rev: number }[]): Absence[] {
  return log.flatMap(({ kind, rev }, index) =>
    kind === 'member_removed' ? [{ from: rev, to: log[index + 1]?.rev ?? Infinity }] : [],
  );
}

export function landedInside(absences: readonly Absence[], landed: readonly Landed[]): Landed[] {
  return landed.filter(({ rev }) => absences.some(({ from, to }) => rev > from && rev < to));
}
