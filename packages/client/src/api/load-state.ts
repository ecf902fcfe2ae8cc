/** Whether a list has been read from the server. */
export type LoadState = 'idle' | 'loading' | 'ready' | 'failed';
