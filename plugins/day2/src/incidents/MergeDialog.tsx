import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { IncidentRecord } from '@day2/backstage-plugin-day2-common';
import { day2ApiRef, useResource } from '../api';
import { formatInstant } from '../time';
import { useText } from '../translation';
import { ConfirmDialog, Loadable, Note, SearchField, SelectField } from '../ui';
import { endOf } from './endOf';
import type { IncidentAction } from './useIncidentAction';
import { WhyField } from './WhyField';

const day = 24 * 3_600_000;
// As many as a list may be chosen from without looking for words.
const most = 100;

/** Asks which incident is the same as this one. */
export function MergeDialog(props: {
  incident: IncidentRecord;
  busy: boolean;
  failed?: Error;
  onAct: (action: IncidentAction) => void;
  onCancel: () => void;
}) {
  const { incident } = props;
  const t = useText();
  const api = useApi(day2ApiRef);
  const [other, setOther] = useState('');
  const [text, setText] = useState('');
  const [why, setWhy] = useState('');
  const answer = useResource({
    key: JSON.stringify([incident.id, text]),
    load: signal => {
      const end = endOf(incident);
      const last = end === undefined ? Date.now() : Date.parse(end);
      return api.call('listIncidents', {
        query: {
          from: new Date(Date.parse(incident.startedAt) - day).toISOString(),
          to: new Date(last + day).toISOString(),
          text: text.trim() || undefined,
          limit: most,
          editable: 'true',
        },
        signal,
      });
    },
  });
  return (
    <ConfirmDialog
      title={t('incident.mergeWith.title')}
      text={t('incident.mergeWith.will')}
      confirm={t('incident.merge')}
      busy={props.busy}
      failed={props.failed}
      fields={{
        with: t('incident.mergeWith.other'),
        why: t('incident.reason'),
      }}
      incomplete={other === ''}
      onCancel={props.onCancel}
      onConfirm={() =>
        props.onAct({
          operation: 'groupIncident',
          body: {
            kind: 'together',
            with: other,
            why: why.trim() || undefined,
          },
        })
      }
    >
      <SearchField
        label={t('kit.filter.find')}
        value={text}
        onChange={words => {
          setText(words);
          // What was chosen may not be among those that are found now.
          setOther('');
        }}
      />
      <Loadable of={answer} what={t('incident.section')}>
        {({ editable, items, nextCursor }) => {
          const near = items.filter(({ id }) => id !== incident.id);
          // Both must be one's own to change.
          const others = near.filter(({ id }) => editable?.includes(id));
          const left = near.length - others.length;
          return others.length === 0 ? (
            <Note>
              {left > 0
                ? t('incident.mergeWith.notYours', { count: left })
                : t(`incident.mergeWith.${text.trim() ? 'noneMatch' : 'none'}`)}
            </Note>
          ) : (
            <>
              <SelectField
                label={t('incident.mergeWith.other')}
                value={other}
                options={[
                  { value: '', label: '' },
                  ...others.map(({ id, services, startedAt, title }) => ({
                    value: id,
                    label: [
                      title,
                      services.map(service => service.title).join(', '),
                      formatInstant({ at: startedAt }).local,
                    ].join(' · '),
                  })),
                ]}
                onChange={setOther}
              />
              {left > 0 && (
                <Note>{t('incident.mergeWith.notYours', { count: left })}</Note>
              )}
              {nextCursor !== undefined && (
                <Note>
                  {t('incident.mergeWith.more', { n: String(others.length) })}
                </Note>
              )}
            </>
          );
        }}
      </Loadable>
      <WhyField value={why} onChange={setWhy} />
    </ConfirmDialog>
  );
}
