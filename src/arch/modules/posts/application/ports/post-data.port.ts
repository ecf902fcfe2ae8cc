import { PersonalDataPort } from '../../../../common/application/ports/personal-data.port.js';

/** Posts: the private ones go with an account, the public ones stay. */
export abstract class PostDataPort extends PersonalDataPort {}
