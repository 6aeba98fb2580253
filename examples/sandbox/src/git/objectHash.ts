import { createHash } from 'crypto';

/**
 * The name Git gives an object of that type with that content (SHA-1 over its
 * header and bytes), in lower-case hexadecimal.
 */
export function objectHash(
  type: 'blob' | 'tree' | 'commit',
  content: Uint8Array | string,
): string {
  const bytes =
    typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  return createHash('sha1')
    .update(`${type} ${bytes.length}\u0000`)
    .update(bytes)
    .digest('hex');
}
