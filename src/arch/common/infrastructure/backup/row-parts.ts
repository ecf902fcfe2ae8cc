const NEWLINE = 0x0a;

/**
 * Splits the text of COPY into parts of whole rows, without buffering: each must be read to its end before the next is
 * requested. A line feed ends a row; one within a value is written `\n`.
 * @param size bytes: a part ends with the first row that ends beyond it, in the same chunk
 */
export async function* rowParts(
  content: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<AsyncIterable<Uint8Array>> {
  const chunks = content[Symbol.asyncIterator]();
  const next = async (): Promise<Uint8Array | undefined> => {
    const { done, value } = await chunks.next();
    return done === true ? undefined : value;
  };
  let ahead = await next();
  async function* part(): AsyncGenerator<Uint8Array> {
    for (let bytes = 0; ahead !== undefined;) {
      const chunk = ahead;
      bytes += chunk.length;
      const end = bytes < size ? 0 : chunk.lastIndexOf(NEWLINE) + 1;
      ahead = end > 0 && end < chunk.length ? chunk.subarray(end) : undefined;
      yield end > 0 ? chunk.subarray(0, end) : chunk;
      ahead ??= await next();
      if (end > 0) return;
    }
  }
  try {
    while (ahead !== undefined) yield part();
  } finally {
    await chunks.return?.();
  }
}
