import { PersonalDataPort } from './personal-data.port.js';

/** Answers that are kept for repeated creations. */
export abstract class IdempotencyDataPort extends PersonalDataPort {}
