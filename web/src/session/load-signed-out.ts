import type { Session } from '@causerie/client';

/** Loads what those see who are not logged in: few people who come. */
export const loadSignedOut = () => import('./signed-out.tsx');

/** Loads it before it is shown to somebody who has no session. */
export async function prepareSignedOut(session: Session): Promise<void> {
  await session.restore();
  // What cannot be loaded says so where it is shown.
  if (session.state.getSnapshot().status !== 'signed-in') await loadSignedOut().catch(() => undefined);
}
