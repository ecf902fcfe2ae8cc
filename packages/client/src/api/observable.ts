/** A value that changes, to be read at any time. */
export interface Observable<T> {
  /** The same reference until the value has changed. */
  getSnapshot(): T;
  /** Calls back once per microtask after changes. Returns how to end it. */
  subscribe(onChange: () => void): () => void;
}
