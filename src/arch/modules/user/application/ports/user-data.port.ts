import { PersonalDataPort } from '../../../../common/application/ports/personal-data.port.js';

/** Profiles and avatars. */
export abstract class UserDataPort extends PersonalDataPort {}
