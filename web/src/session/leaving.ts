let isLeaving = false;

/** Does something that ends the session, so that nobody is told that it was ended elsewhere. */
export async function leave(action: () => Promise<unknown>): Promise<void> {
  isLeaving = true;
  try {
    await action();
  } finally {
    isLeaving = false;
  }
}

/** Whether the session ends because of what one does here. */
export const isBeingLeft = (): boolean => isLeaving;
