/**
 * When the guest of a wall is surely no member of it: from the answer to the removal until the request that adds the guest
 * again. Nobody writes the same text twice.
 */
export class GuestAbsence {
  /** The index of the guest. */
  readonly guest: number;
  /** Whether somebody else has received what was written since the removal. */
  isWitnessed = false;
  /** What was written since the removal. */
  private texts: Set<string> | undefined;

  constructor(guest: number) {
    this.guest = guest;
  }

  /** The removal is answered. */
  begin(): void {
    this.isWitnessed = false;
    this.texts = new Set();
  }

  /** The guest is about to be added again. */
  end(): void {
    this.texts = undefined;
  }

  /** Somebody is about to write it. */
  write(text: string): void {
    this.texts?.add(text);
  }

  /** Somebody has received it. */
  witness(person: number, text: string): void {
    if (person !== this.guest && this.texts?.has(text) === true) this.isWitnessed = true;
  }

  /** Whether it was written since the removal, and the guest is no member yet. */
  isOutside(person: number, text: string): boolean {
    return person === this.guest && this.texts?.has(text) === true;
  }
}
