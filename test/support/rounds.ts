/**
 * The rounds of a loop that ends by `break` or `return`; otherwise it throws, so that the loop does not outlive its
 * test.
 */
export function* rounds(most: number): Generator<number> {
  for (let round = 0; round < most; round += 1) yield round;
  throw new Error(`Not done after ${most} rounds.`);
}
