import { Reflector } from '@nestjs/core';

type Targets = Parameters<Reflector['getAllAndOverride']>[1];

/**
 * Reads what decorators say of a handler once. They do not change, and a guard that asks for it anew at every
 * request spends more on it than on all else.
 */
export function rememberingReflector(): Reflector {
  const reflector = new Reflector();
  const known = new WeakMap<object, Map<unknown, unknown>>();
  const getAllAndOverride = (key: string, targets: Targets): unknown => {
    const [handler] = targets as [Targets[number]];
    const ofHandler = known.get(handler) ?? new Map<unknown, unknown>();
    known.set(handler, ofHandler);
    if (!ofHandler.has(key)) ofHandler.set(key, reflector.getAllAndOverride<unknown>(key, targets));
    return ofHandler.get(key);
  };
  return Object.assign(Object.create(reflector) as Reflector, { getAllAndOverride });
}
