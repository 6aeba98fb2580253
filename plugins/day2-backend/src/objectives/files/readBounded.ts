import type { UrlReaderServiceReadUrlResponse } from '@backstage/backend-plugin-api';

/**
 * The text of a file, taken as it comes, so that no more of it is ever held than
 * it may have.
 *
 * @param options - `max`: bytes
 * @returns nothing where it has more
 */
export async function readBounded(options: {
  answer: Pick<UrlReaderServiceReadUrlResponse, 'buffer' | 'stream'>;
  max: number;
}): Promise<string | undefined> {
  const { answer, max } = options;
  if (!answer.stream) {
    const buffer = await answer.buffer();
    return buffer.length > max ? undefined : buffer.toString('utf8');
  }
  const parts: Buffer[] = [];
  let size = 0;
  // Leaving the loop ends what is still on its way.
  for await (const part of answer.stream()) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > max) {
      return undefined;
    }
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}
