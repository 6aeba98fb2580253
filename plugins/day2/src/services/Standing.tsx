import type { SourcesStanding } from '@day2/backstage-plugin-day2-common';
import { AsOf, Row } from '../ui';
import { SourcesFine } from './SourcesFine';

/** How old what is shown is, and how many of its sources are well. */
export function Standing(props: { asOf?: string; sources?: SourcesStanding }) {
  const { asOf, sources } = props;
  // Of what fine sources have not told of yet there is no age to say.
  const isFine = sources !== undefined && sources.fine === sources.total;
  return (
    <Row>
      {(asOf !== undefined || !isFine) && <AsOf at={asOf} />}
      {sources && sources.total > 0 && <SourcesFine sources={sources} />}
    </Row>
  );
}
