import type { Namespace } from 'socket.io';
import { OPEN_GATE, type RoomGate } from '../../../application/room-gate.js';

const gates = new WeakMap<object, RoomGate>();

export function setGateOf(namespace: Namespace, gate: RoomGate): void {
  gates.set(namespace, gate);
}

/** The gate of a namespace's rooms. */
export function gateOf(namespace: Namespace | undefined): RoomGate {
  return (namespace && gates.get(namespace)) ?? OPEN_GATE;
}
