import type { PersonalDataPort } from '../../../../common/application/ports/personal-data.port.js';

/** What `PersonalDataPort` reads of a user's memberships and messages. */
export abstract class ChatExportPort implements Pick<PersonalDataPort, 'tables' | 'export'> {
  abstract readonly tables: PersonalDataPort['tables'];
  abstract export(userId: string): ReturnType<PersonalDataPort['export']>;
}
