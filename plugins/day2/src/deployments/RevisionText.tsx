import type { RevisionRef } from '@day2/backstage-plugin-day2-common';
import { TextLink } from '../ui';

/** A commit by its repository and short SHA; a link where it has an address. */
export function RevisionText(props: { revision: RevisionRef }) {
  const { repository, sha, url } = props.revision;
  const words = `${repository} ${sha.slice(0, 8)}`;
  return url ? <TextLink href={url}>{words}</TextLink> : <>{words}</>;
}
