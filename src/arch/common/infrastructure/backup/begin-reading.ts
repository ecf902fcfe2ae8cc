import type { UploadFolder } from '../uploads/upload-folder.js';

/** Opens a file and returns its content; undefined when it has been removed meanwhile, as replaced avatars are. */
export async function beginReading(
  folder: UploadFolder,
  name: string,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const file = await folder.openFile(name);
  if (!file) return undefined;
  const chunks = file.content[Symbol.asyncIterator]();
  try {
    const first = await chunks.next();
    return continueReading(first, chunks);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function* continueReading(
  first: IteratorResult<Uint8Array>,
  chunks: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (first.done === true) return;
  yield first.value;
  yield* { [Symbol.asyncIterator]: () => chunks };
}
