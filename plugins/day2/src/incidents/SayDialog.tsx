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
  const before = knownOf(incident, field);
  const [value, setValue] = useState(
    () => before ?? inputOf(incident.startedAt),
  );
  const [not, setNot] = useState(false);
  const [why, setWhy] = useState('');
  const body = bodyOf({
    field,
    value,
    before,
    not,
    why: why.trim() || undefined,
  });
  return (
    <ConfirmDialog
      title={t('incident.sayOf.title', { field: t(`incident.field.${field}`) })}
      text={t('incident.sayOf.will')}
      confirm={t('incident.save')}
      busy={props.busy}
      failed={props.failed}
      fields={{
        value: t(`incident.field.${field}`),
        why: t('incident.reason'),
      }}
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
      seconds={isInstant(field)}
      longest={longestTitle}
      value={props.value}
      disabled={props.disabled}
      onChange={props.onChange}
    />
  );
}

/** What a field is now, as the value of its control; undefined: an instant that nobody tells. */
function knownOf(
  incident: IncidentRecord,
  field: SaidField,
): string | undefined {
  if (!isInstant(field)) {
    return valueOf(incident, field);
  }
  const { at } = incident.instants[field];
  return at === undefined ? undefined : inputOf(at);
}

function inputOf(at: string): string {
  return toLocalInput({ at, seconds: true });
}

/** What is asked of the API; undefined while what is filled in says nothing new. */
function bodyOf(options: {
  field: SaidField;
  value: string;
  before?: string;
  not: boolean;
  why?: string;
}): Body | undefined {
  const { before, field, not, value, why } = options;
  if (isInstant(field)) {
    if (not) {
      return { field, why };
    }
    const at = fromLocalInput(value);
    // Browsers leave out seconds that are zero: instants are compared, not text.
    return at === undefined || at === (before && fromLocalInput(before))
      ? undefined
      : { field, value: at, why };
  }
  const text = value.trim();
  if (text === '' || text === before) {
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
