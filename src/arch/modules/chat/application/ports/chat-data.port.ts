import { PersonalDataPort } from '../../../../common/application/ports/personal-data.port.js';

/** Memberships and messages: memberships end with an account, messages stay. */
export abstract class ChatDataPort extends PersonalDataPort {}
