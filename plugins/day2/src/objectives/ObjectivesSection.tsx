import { MetricsPanel } from '../metrics';
import { useText } from '../translation';
import {
  AsOf,
  Button,
  Loadable,
  Note,
  Panel,
  Stack,
  Term,
  WhyEmptyNote,
} from '../ui';
import { ObjectiveItem } from './ObjectiveItem';
import { useServiceObjectives } from './useServiceObjectives';

/** So many charts are drawn without being asked for. */
const drawn = 3;

/** The section Objectives: what was promised of a service, and what is left. */
export function ObjectivesSection(props: {
  serviceRef: string;
  environment?: string;
}) {
  const t = useText();
  const pages = useServiceObjectives(props.serviceRef);
  const { items } = pages;
  return (
    <Stack>
      <Panel
        title={<Term id="objective" plural />}
        stale={pages.error !== undefined}
        // Where there is none, the text says which sources were read.
        aside={
          // Where nothing is measured yet it has no age: each says why.
          items &&
          items.length > 0 &&
          pages.asOf !== undefined && <AsOf at={pages.asOf} />
        }
      >
        <Loadable of={{ ...pages, data: items }} what={t('objective.section')}>
          {known =>
            known.length === 0 ? (
              (pages.empty && <WhyEmptyNote why={pages.empty} />) || (
                <Note>{t('objective.none')}</Note>
              )
            ) : (
              <Note>{t('objective.ownPeriod')}</Note>
            )
          }
        </Loadable>
      </Panel>
      {items?.map((objective, index) => (
        <ObjectiveItem
          key={objective.id}
          objective={objective}
          drawn={index < drawn}
          serviceRef={props.serviceRef}
          environment={props.environment}
        />
      ))}
      {pages.hasMore && (
        <div>
          <Button onClick={pages.loadMore} disabled={pages.loadingMore}>
            {t(pages.loadingMore ? 'kit.loadingMore' : 'kit.more')}
          </Button>
        </div>
      )}
      <MetricsPanel serviceRef={props.serviceRef} />
    </Stack>
  );
}
