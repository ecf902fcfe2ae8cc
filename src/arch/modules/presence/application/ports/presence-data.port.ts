import { PersonalDataPort } from '../../../../common/application/ports/personal-data.port.js';

/** When a user was last seen. */
export abstract class PresenceDataPort extends PersonalDataPort {}
