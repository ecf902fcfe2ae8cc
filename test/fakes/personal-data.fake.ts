import {
  type Afterwards,
  PersonalDataPort,
  type PersonalRecord,
} from '../../src/arch/common/application/ports/personal-data.port.js';

interface KeptRecord extends PersonalRecord {
  /** Whether the record is kept after the deletion of the account. */
  readonly stays: boolean;
}

/** Stores records by user, and records for whom an account was closed. */
export class PersonalDataFake extends PersonalDataPort {
  readonly tables = ['records'];
  readonly closed: string[] = [];
  private readonly kept = new Map<string, KeptRecord[]>();

  add(userId: string, kind: string, text: string, stays = false): void {
    this.kept.set(userId, [...(this.kept.get(userId) ?? []), { kind, data: { text }, stays }]);
  }

  /** The texts of the records that are stored about a user. */
  texts(userId: string): unknown[] {
    return (this.kept.get(userId) ?? []).map(({ data }) => data['text']);
  }

  async *export(userId: string): AsyncGenerator<PersonalRecord> {
    for (const { kind, data } of this.kept.get(userId) ?? []) yield { kind, data };
  }

  async erase(userId: string): Promise<void> {
    const left = (this.kept.get(userId) ?? []).filter(({ stays }) => stays);
    this.kept.set(userId, left);
  }

  override async closeAccount(userId: string): Promise<Afterwards> {
    this.closed.push(userId);
    return () => Promise.resolve();
  }
}
