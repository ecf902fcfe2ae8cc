export interface EpochRow {
  readonly epoch: string;
  /** Bytes of log that are on disk; null where that cannot be known. `pg` reads `numeric` as text. */
  readonly position: string | null;
}

/** What the function `database_epoch` says; it begins another epoch when this database is not the one it was. @param ended an epoch that is over, whatever the database says: another one begins if it is still the present one */
export const readEpoch = (ended: string | null = null) => ({
  name: 'database_epoch',
  text: 'select epoch, "position" from database_epoch($1)',
  values: [ended],
});
