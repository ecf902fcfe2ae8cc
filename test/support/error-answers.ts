/** An error as PostgreSQL reports it. `FATAL` ends the connection. */
export interface ReportedError {
  readonly state: string;
  readonly severity: 'ERROR' | 'FATAL';
  readonly message?: string;
}

/** ErrorResponse, and ReadyForQuery unless the connection ends: the messages `E` and `Z` of the protocol, version 3. */
export function errorAnswer({
  state,
  severity,
  message: text = 'planted by the test',
}: ReportedError): Buffer {
  const fields = [`S${severity}`, `V${severity}`, `C${state}`, `M${text}`];
  const error = message('E', Buffer.from(`${fields.join('\0')}\0\0`));
  return severity === 'FATAL' ? error : Buffer.concat([error, message('Z', Buffer.from('I'))]);
}

/** Counts the answers that a client expects: one for each Query and each Sync, which ends a group of other messages. */
export class AskedFor {
  private rest = Buffer.alloc(0);

  in(bytes: Buffer): number {
    this.rest = Buffer.concat([this.rest, bytes]);
    let count = 0;
    for (let length = this.next(); length <= this.rest.length; length = this.next()) {
      if (['Q', 'S'].includes(this.rest.toString('latin1', 0, 1))) count += 1;
      this.rest = this.rest.subarray(length);
    }
    return count;
  }

  /** Length of the next message, including its type; while it is unknown, more than any message has. */
  private next(): number {
    return this.rest.length < 5 ? Infinity : 1 + this.rest.readInt32BE(1);
  }
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
