import type { IncidentRecord } from '@day2/backstage-plugin-day2-common';
import type { Asked } from './asked';
import { MergeDialog } from './MergeDialog';
import { SayDialog } from './SayDialog';
import { WhyDialog } from './WhyDialog';
import type { IncidentAction } from './useIncidentAction';
import { useText } from '../translation';

/** The dialog that is asked for: what it will do, what is to be filled in, why. */
export function ActionDialog(props: {
  asked: Asked;
  incident: IncidentRecord;
  busy: boolean;
  failed?: Error;
  onAct: (action: IncidentAction) => void;
  onCancel: () => void;
}) {
  const { asked, busy, failed, incident, onAct, onCancel } = props;
  const t = useText();
  const common = { incident, busy, failed, onAct, onCancel };
  switch (asked.kind) {
    case 'say':
      return <SayDialog {...common} field={asked.field} />;
    case 'merge':
      return <MergeDialog {...common} />;
    case 'split':
      return (
        <WhyDialog
          {...common}
          title={t('incident.splitOff.title')}
          text={t('incident.splitOff.will', {
            list: asked.references.map(({ title }) => title).join(', '),
          })}
          confirm={t('incident.split')}
          action={why => ({
            operation: 'groupIncident',
            body: {
              kind: 'apart',
              references: asked.references.map(({ key, source }) => ({
                source,
                key,
              })),
              why,
            },
          })}
        />
      );
    case 'judge':
      return (
        <WhyDialog
          {...common}
          title={t(`incident.judge.${asked.verdict}`, { label: asked.label })}
          text={t(
            asked.verdict === 'confirmed'
              ? 'incident.judge.willConfirm'
              : 'incident.judge.willReject',
          )}
          confirm={t(
            asked.verdict === 'confirmed'
              ? 'incident.confirm'
              : 'incident.reject',
          )}
          action={why => ({
            operation: 'judgeSuspect',
            body: { candidate: asked.candidate, verdict: asked.verdict, why },
          })}
        />
      );
    default:
      return (
        <WhyDialog
          {...common}
          title={t('incident.back.title', { text: asked.text })}
          text={t('incident.back.will')}
          confirm={t('incident.takeBack')}
          action={why => ({
            operation: 'takeBackOfIncident',
            body: { said: asked.said, why },
          })}
        />
      );
  }
}
