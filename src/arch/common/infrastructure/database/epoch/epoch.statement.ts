export interface EpochRow {
  readonly epoch: string;
  /** Bytes of the log on disk; null where they cannot be determined. `pg` returns `numeric` as text. */
  readonly position: string | null;
}

/**
 * Calls the function `database_epoch`, which begins another epoch when the database has gone back in time.
 * @param ended an epoch to end: another one begins if it is still the current one
 */
export const readEpoch = (ended: string | null = null) => ({
  name: 'database_epoch',
  text: 'select epoch, "position" from database_epoch($1)',
  values: [ended],
});
