import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef, useEntity } from '@backstage/plugin-catalog-react';
import { serviceParams, useServiceSummary } from '../api';
import { defaultRange } from '../time';
import { useText } from '../translation';
import {
  DataTable,
  Loadable,
  Note,
  Panel,
  Stack,
  shortVersion,
  Status,
  TextLink,
  TimeText,
  WhyEmptyNote,
} from '../ui';
import { PartScope } from '../services/PartScope';
import { Standing } from '../services/Standing';
import { markLook } from './markLook';
import { useTimeline } from './useTimeline';

/**
 * Card for the Overview tab: the last deployments and changes.
 *
 * @public
 */
export function EntityWhatChangedCard() {
  const t = useText();
  const { entity } = useEntity();
  const serviceRef = stringifyEntityRef(entity);
  const tab = `${useRouteRef(entityRouteRef)(serviceParams(serviceRef))}/day2`;
  const pages = useTimeline({
    serviceRef,
    range: defaultRange,
    kinds: [],
    text: '',
    upTo: 6,
  });
  // What a list does not say: whether all that feeds the service could be read.
  const summary = useServiceSummary({ serviceRef, range: defaultRange });
  const part = summary.data?.parts.timeline;
  return (
    <PartScope of={part}>
      <Panel
        title={t('timeline.title')}
        stale={pages.error !== undefined}
        aside={pages.items && <Standing asOf={pages.asOf} sources={part} />}
      >
        <Loadable
          of={{ ...pages, data: pages.items }}
          what={t('timeline.title')}
        >
          {items => (
            <Stack gap="medium">
              {items.length === 0 ? (
                (pages.empty && <WhyEmptyNote why={pages.empty} />) || (
                  <Note>{t('timeline.none')}</Note>
                )
              ) : (
                <DataTable
                  caption={t('timeline.title')}
                  captionHidden
                  plain
                  rows={items.slice(0, 6)}
                  rowId={row => row.id}
                  columns={[
                    {
                      header: t('timeline.when'),
                      cell: row => <TimeText at={row.at} />,
                    },
                    {
                      header: t('timeline.what'),
                      wide: true,
                      cell: row => (
                        <Stack gap="small">
                          <TextLink
                            to={`${tab}?open=${row.kind}:${row.recordId}`}
                            hint={
                              shortVersion(row.title) === row.title
                                ? undefined
                                : row.title
                            }
                          >
                            {shortVersion(row.title)}
                          </TextLink>
                          <Note>
                            {row.environment ?? t('timeline.noEnvironment')}
                          </Note>
                        </Stack>
                      ),
                    },
                    {
                      header: t('timeline.type'),
                      cell: row => {
                        const { tone, word } = markLook(row);
                        return (
                          <Status
                            tone={tone}
                            word={t(`timeline.look.${word}`)}
                          />
                        );
                      },
                    },
                  ]}
                />
              )}
              <TextLink to={tab}>{t('timeline.toTab')}</TextLink>
            </Stack>
          )}
        </Loadable>
      </Panel>
    </PartScope>
  );
}
