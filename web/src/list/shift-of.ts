/**
 * By how many places rows have moved, as most of them did: the one that somebody has written to moves alone.
 * @param before where some rows were
 */
export function shiftOf(
  before: readonly (readonly [id: string, place: number])[],
  ids: readonly string[],
): number {
  const shifts = before
    .map(([id, place]) => [ids.indexOf(id), place] as const)
    .filter(([now]) => now >= 0)
    .map(([now, place]) => now - place)
    .toSorted((one, other) => one - other);
  return shifts[Math.floor(shifts.length / 2)] ?? 0;
}
