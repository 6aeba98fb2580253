import { useState } from 'react';
import type {
  IncidentRecord,
  OperationInput,
} from '@day2/backstage-plugin-day2-common';
import { fromLocalInput, toLocalInput } from '../time';
import { useText } from '../translation';
import { CheckField, ConfirmDialog, InputField, SelectField } from '../ui';
import { isInstant, valueOf, type SaidField } from './asked';
import type { IncidentAction } from './useIncidentAction';
import { WhyField } from './WhyField';

type Body = OperationInput<'sayOfIncident'>['body'];

// What the API takes.
const longestTitle = 300;

/** Asks what a field of an incident is, and why. */
export function SayDialog(props: {
  field: SaidField;
  incident: IncidentRecord;
  busy: boolean;
  failed?: Error;
  onAct: (action: IncidentAction) => void;
  onCancel: () => void;
}) {
  const { field, incident } = props;
  const t = useText();
  const at = isInstant(field) ? incident.instants[field].at : undefined;
  const [value, setValue] = useState(() =>
    isInstant(field)
      ? toLocalInput(at ?? incident.startedAt)
      : valueOf(incident, field),
  );
  const [not, setNot] = useState(false);
  const [why, setWhy] = useState('');
  const body = bodyOf({ field, value, not, why: why.trim() || undefined });
  return (
    <ConfirmDialog
      title={t('incident.sayOf.title', { field: t(`incident.field.${field}`) })}
      text={t('incident.sayOf.will')}
      confirm={t('incident.save')}
      busy={props.busy}
      failed={props.failed}
      incomplete={body === undefined}
      onCancel={props.onCancel}
      onConfirm={() =>
        body && props.onAct({ operation: 'sayOfIncident', body })
      }
    >
      <ValueField
        field={field}
        value={value}
        disabled={not}
        onChange={setValue}
      />
      {isInstant(field) && (
        <CheckField
          label={t('incident.notYet')}
          checked={not}
          onChange={setNot}
        />
      )}
      <WhyField value={why} onChange={setWhy} />
    </ConfirmDialog>
  );
}

function ValueField(props: {
  field: SaidField;
  value: string;
  disabled: boolean;
  onChange: (value: string) => void;
}) {
  const t = useText();
  const { field } = props;
  if (field === 'priority' || field === 'impact' || field === 'urgency') {
    const words =
      field === 'priority'
        ? ['1', '2', '3', '4', '5'].map(value => ({
            value,
            label: t('incident.priorityOf', { priority: value }),
          }))
        : (['high', 'medium', 'low'] as const).map(value => ({
            value,
            label: t(`incident.levelWord.${value}`),
          }));
    return (
      <SelectField
        label={t(`incident.field.${field}`)}
        value={props.value}
        options={[{ value: '', label: '' }, ...words]}
        onChange={props.onChange}
      />
    );
  }
  return (
    <InputField
      label={t(`incident.field.${field}`)}
      type={isInstant(field) ? 'datetime-local' : undefined}
      longest={longestTitle}
      value={props.value}
      disabled={props.disabled}
      onChange={props.onChange}
    />
  );
}

/** What is asked of the API; undefined while what is filled in says nothing. */
function bodyOf(options: {
  field: SaidField;
  value: string;
  not: boolean;
  why?: string;
}): Body | undefined {
  const { field, not, value, why } = options;
  if (isInstant(field)) {
    const at = fromLocalInput(value);
    if (not) {
      return { field, why };
    }
    return at === undefined ? undefined : { field, value: at, why };
  }
  const text = value.trim();
  if (text === '') {
    return undefined;
  }
  switch (field) {
    case 'priority':
      return { field, value: Number(text), why };
    case 'title':
      return { field, value: text, why };
    default:
      return { field, value: text as 'high' | 'medium' | 'low', why };
  }
}
