import { PersonalDataPort } from '../../../../common/application/ports/personal-data.port.js';

/** Credentials, sessions and their tokens. */
export abstract class AuthDataPort extends PersonalDataPort {}
