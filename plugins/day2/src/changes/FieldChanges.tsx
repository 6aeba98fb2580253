import type { Change } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { DataTable, Note, Stack, Subsection } from '../ui';

/** Which field of the desired state went from what to what. */
export function FieldChanges(props: { change: Change }) {
  const t = useText();
  const { fields, fieldCount, hiddenFieldCount = 0 } = props.change;
  if (fields.length === 0 && hiddenFieldCount === 0) {
    return null;
  }
  return (
    <Subsection title={t('change.fields', { n: String(fieldCount) })}>
      {fields.length > 0 && (
        <DataTable
          caption={t('change.fieldsCaption')}
          captionHidden
          plain
          rows={fields.map((field, index) => ({ ...field, id: String(index) }))}
          rowId={row => row.id}
          maxHeight={360}
          columns={[
            {
              header: t('change.field'),
              wide: true,
              cell: row => (
                <Stack gap="small">
                  <span>{row.field}</span>
                  <Note>
                    {[row.resource, row.environment, row.target, row.file]
                      .filter(Boolean)
                      .join(' · ')}
                  </Note>
                </Stack>
              ),
            },
            {
              header: t('change.fieldFrom'),
              cell: row => row.from ?? t('change.absent'),
            },
            {
              header: t('change.fieldTo'),
              cell: row => row.to ?? t('change.absent'),
            },
          ]}
        />
      )}
      {fieldCount > fields.length && (
        <Note>{t('change.cut', { n: String(fields.length) })}</Note>
      )}
      {hiddenFieldCount > 0 && (
        <Note>{t('change.hiddenFields', { count: hiddenFieldCount })}</Note>
      )}
    </Subsection>
  );
}
