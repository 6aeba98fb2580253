/** An image reference in its parts. */
export interface ImageRef {
  repository?: string;
  tag?: string;
  digest?: string;
}

/** `registry:5000/owner/name:tag@sha256:…`, any part but the name absent. */
export function parseImage(text: string): ImageRef {
  const [rest, digest] = text.trim().split('@');
  const tag = /:(?<tag>[^/:]+)$/.exec(rest)?.groups?.tag;
  const repository = tag ? rest.slice(0, -tag.length - 1) : rest;
  return {
    ...(repository ? { repository } : {}),
    ...(tag ? { tag } : {}),
    ...(digest ? { digest } : {}),
  };
}
