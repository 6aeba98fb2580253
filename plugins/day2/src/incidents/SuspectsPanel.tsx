import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type {
  OperationOutput,
  SuspectRecord,
} from '@day2/backstage-plugin-day2-common';
import { serviceParams } from '../api';
import { Reasons } from '../deployments/Reasons';
import { shareWords } from '../objectives/shareWords';
import { useText } from '../translation';
import {
  Button,
  DataTable,
  Disclosure,
  Note,
  Panel,
  Row,
  Stack,
  Status,
  TextLink,
  TimeText,
  VersionButton,
} from '../ui';
import type { OpenRecord } from '../url';
import type { Asked } from './asked';
import { suspectLook } from './incidentLook';
import { SuspectFactors } from './SuspectFactors';

type Answer = OperationOutput<'getIncident'>;

/** A suspect as a row: a deployment, a change, or that none did it. */
interface SuspectRow {
  id: string;
  rank?: number;
  label: string;
  suspect?: SuspectRecord;
  state: SuspectRecord['state'];
  probability: number;
  reasons: SuspectRecord['reasons'];
}

/** What may have done it, the likeliest first, and what speaks for each. */
export function SuspectsPanel(props: {
  of: Pick<Answer, 'hiddenSuspects' | 'noChange' | 'suspects'>;
  canEdit: boolean;
  onAsk: (asked: Asked) => void;
  onOpen: (open: OpenRecord) => void;
}) {
  const { canEdit, onAsk, onOpen } = props;
  const { hiddenSuspects, noChange, suspects } = props.of;
  const t = useText();
  const rows: SuspectRow[] = [
    ...suspects.map((suspect, index) => ({
      ...suspect,
      rank: index + 1,
      suspect,
    })),
    { id: 'none', label: t('incident.noChange'), ...noChange },
  ];
  // Then how likely the others were reads as a doubt, and is none.
  const isKnown = rows.some(({ state }) => state === 'confirmed');
  return (
    <Panel level={3} title={t('incident.suspects')}>
      {suspects.length === 0 && <Note>{t('incident.noSuspects')}</Note>}
      <DataTable
        caption={t('incident.suspects')}
        captionHidden
        plain
        rows={rows}
        rowId={row => row.id}
        columns={[
          {
            header: t('incident.rank'),
            numeric: true,
            cell: row => row.rank,
          },
          {
            header: t('incident.candidate'),
            wide: true,
            cell: row => (
              <Stack gap="small">
                {row.suspect ? (
                  <Candidate suspect={row.suspect} onOpen={onOpen} />
                ) : (
                  <span>{row.label}</span>
                )}
                {(row.reasons.length > 0 ||
                  (row.suspect?.factors.length ?? 0) > 0) && (
                  <Disclosure summary={t('incident.why')} icon="info">
                    <Stack gap="medium">
                      <Reasons reasons={row.reasons} />
                      {row.suspect && (
                        <SuspectFactors factors={row.suspect.factors} />
                      )}
                    </Stack>
                  </Disclosure>
                )}
              </Stack>
            ),
          },
          {
            header: t('incident.probability'),
            numeric: true,
            cell: row => !isKnown && shareWords(row.probability),
          },
          {
            header: t('incident.verdict'),
            cell: row => (
              <Status
                {...suspectLook[row.state]}
                word={
                  isKnown &&
                  (row.state === 'candidate' || row.state === 'suspected')
                    ? t('incident.anotherConfirmed')
                    : t(`incident.suspectState.${row.state}`)
                }
              />
            ),
          },
          {
            header: t('incident.edit'),
            cell: row => (
              <Row gap="small" oneLine>
                {(['confirmed', 'rejected'] as const)
                  .filter(verdict => verdict !== row.state)
                  .map(verdict => (
                    <Button
                      key={verdict}
                      disabled={!canEdit}
                      label={t(`incident.judge.${verdict}`, {
                        label: row.label,
                      })}
                      onClick={() =>
                        onAsk({
                          kind: 'judge',
                          candidate: row.id,
                          label: row.label,
                          verdict,
                        })
                      }
                    >
                      {t(
                        verdict === 'confirmed'
                          ? 'incident.confirm'
                          : 'incident.reject',
                      )}
                    </Button>
                  ))}
              </Row>
            ),
          },
        ]}
      />
      {hiddenSuspects > 0 && (
        <Note>{t('incident.hiddenSuspects', { count: hiddenSuspects })}</Note>
      )}
    </Panel>
  );
}

function Candidate(props: {
  suspect: SuspectRecord;
  onOpen: (open: OpenRecord) => void;
}) {
  const t = useText();
  const entityRoute = useRouteRef(entityRouteRef);
  const { at, environment, hops, id, kind, label, service } = props.suspect;
  return (
    <>
      <VersionButton text={label} onClick={() => props.onOpen({ kind, id })} />
      <Note>
        {service && (
          <>
            <TextLink to={`${entityRoute(serviceParams(service.ref))}/day2`}>
              {service.title}
            </TextLink>
            {' · '}
          </>
        )}
        {environment && `${environment} · `}
        <TimeText at={at} />
        {hops !== undefined &&
          ` · ${
            hops === 0
              ? t('incident.hops.zero')
              : t('incident.hops.some', { count: hops })
          }`}
      </Note>
    </>
  );
}
