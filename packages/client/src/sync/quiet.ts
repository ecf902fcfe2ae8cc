/** Whoever does not wait for it is not told of its failure either: that is in a state which can be observed. */
export function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
