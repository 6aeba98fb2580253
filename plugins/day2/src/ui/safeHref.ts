/**
 * An address that may be put into a link: http, https, mailto, or a path of
 * this portal. Addresses come from annotations and tools: `javascript:` and
 * its like are refused.
 */
export function safeHref(href: string): string | undefined {
  if (/^\/(?![/\\])/.test(href)) {
    return href;
  }
  return /^(https?:\/\/|mailto:)/i.test(href) ? href : undefined;
}
