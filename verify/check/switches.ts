import type { Attempt, Switching } from '../circle/circle.ts';

type During = Pick<Attempt, 'begun' | 'ended'>;

/** Whether something was on all the time during a request, whichever of the unanswered requests were processed. */
export function wasCertainlyOn(switchings: readonly Switching[], { begun, ended }: During): boolean {
  const ends = switchings.filter(({ isOn, outcome }) => !isOn && outcome !== 'refused');
  return switchings.some(
    (on) =>
      on.isOn &&
      on.outcome === 'done' &&
      on.ended < begun &&
      !ends.some((off) => off.ended > on.begun && off.begun < ended),
  );
}

/** Whether something may have been on at any time during a request. */
export function mayHaveBeenOn(switchings: readonly Switching[], { begun, ended }: During): boolean {
  const ends = switchings.filter(({ isOn, outcome }) => !isOn && outcome === 'done');
  return switchings.some(
    (on) =>
      on.isOn &&
      on.outcome !== 'refused' &&
      on.begun < ended &&
      !ends.some((off) => off.begun > on.ended && off.ended < begun),
  );
}
