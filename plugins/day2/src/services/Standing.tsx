import type { SourcesStanding } from '@day2/backstage-plugin-day2-common';
import { AsOf, Row } from '../ui';
import { SourcesFine } from './SourcesFine';

/** How old what is shown is, and how many of its sources are well. */
export function Standing(props: { asOf?: string; sources?: SourcesStanding }) {
  const { asOf, sources } = props;
  return (
    <Row>
      <AsOf at={asOf} />
      {sources && sources.total > 0 && <SourcesFine sources={sources} />}
    </Row>
  );
}
