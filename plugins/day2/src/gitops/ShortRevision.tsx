import { Hint, TextLink } from '../ui';

/**
 * A revision, a commit's cut to eight digits with the whole of it on hover and
 * focus; a link where it has an address.
 */
export function ShortRevision(props: { revision: string; url?: string }) {
  const { revision, url } = props;
  const short = /^[0-9a-f]{40,64}$/.test(revision)
    ? revision.slice(0, 8)
    : revision;
  if (short === revision) {
    return url ? <TextLink href={url}>{short}</TextLink> : <>{short}</>;
  }
  return (
    <Hint text={revision}>
      {url ? (
        <span>
          <TextLink href={url}>{short}</TextLink>
        </span>
      ) : (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <span tabIndex={0}>{short}</span>
      )}
    </Hint>
  );
}
