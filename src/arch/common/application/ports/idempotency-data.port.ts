import { PersonalDataPort } from './personal-data.port.js';

/** Stored answers of creations with an `Idempotency-Key`. */
export abstract class IdempotencyDataPort extends PersonalDataPort {}
