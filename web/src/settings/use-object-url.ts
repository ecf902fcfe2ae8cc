import { useEffect, useState } from 'react';

/** An address for a file of this device, as long as it is shown. */
export function useObjectUrl(): readonly [string | null, (file: Blob | null) => void] {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => () => void (url !== null && URL.revokeObjectURL(url)), [url]);
  return [url, (file) => setUrl(file && URL.createObjectURL(file))];
}
