/** What has been opened at a row: it stays there until that is closed. */
export type Opened = 'menu' | 'emoji' | 'delete' | 'history' | null;
