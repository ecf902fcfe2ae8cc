import { type CauserieErrorCode, isCauserieError } from '@causerie/client';

/** Does something that may be done already, because the answer was lost: then the server refuses it with one of these codes. */
export async function orDoneBefore(
  action: Promise<unknown>,
  ...codes: readonly CauserieErrorCode[]
): Promise<void> {
  try {
    await action;
  } catch (error) {
    if (!isCauserieError(error, ...codes)) throw error;
  }
}
