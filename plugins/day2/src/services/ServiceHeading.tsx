import { parseEntityRef } from '@backstage/catalog-model';
import type { ServiceSummary } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { AsOf, Chip, PageHeading, Row, Term } from '../ui';
import { SourcesFine } from './SourcesFine';

/** Which service, and how current what is known of it is. */
export function ServiceHeading(props: {
  serviceRef: string;
  summary?: ServiceSummary;
}) {
  const t = useText();
  const { summary } = props;
  const title = summary?.service.title ?? parseEntityRef(props.serviceRef).name;
  return (
    <Row spread>
      <Row>
        <PageHeading>{title}</PageHeading>
        <Chip>
          <Term id="service" />
        </Chip>
        {summary?.service.tier !== undefined && (
          <Chip>
            {t('service.tier', { tier: String(summary.service.tier) })}
          </Chip>
        )}
        {summary?.service.sandbox && (
          <Chip tone="info">{t('service.sandbox')}</Chip>
        )}
      </Row>
      {summary && (
        <Row>
          <AsOf at={summary.asOf} />
          <SourcesFine sources={summary.sources} />
        </Row>
      )}
    </Row>
  );
}
