import { PersonalDataPort } from '../../../../common/application/ports/personal-data.port.js';

/** Posts: the private ones are deleted with an account, the public ones stay. */
export abstract class PostDataPort extends PersonalDataPort {}
