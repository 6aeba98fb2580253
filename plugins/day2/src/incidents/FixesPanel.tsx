import type { OperationOutput } from '@day2/backstage-plugin-day2-common';
import { Reasons } from '../deployments/Reasons';
import { useText } from '../translation';
import { Bullets, Panel, VersionButton } from '../ui';
import type { OpenRecord } from '../url';

/** The deployments that mended an incident; nothing where none is known. */
export function FixesPanel(props: {
  fixes: OperationOutput<'getIncident'>['fixes'];
  onOpen: (open: OpenRecord) => void;
}) {
  const t = useText();
  if (props.fixes.length === 0) {
    return null;
  }
  return (
    <Panel level={3} title={t('incident.fixes')}>
      <Bullets
        items={props.fixes.map(({ id, label, reasons }) => ({
          key: id,
          content: (
            <>
              <VersionButton
                text={label}
                onClick={() => props.onOpen({ kind: 'deployment', id })}
              />
              <Reasons reasons={reasons} />
            </>
          ),
        }))}
      />
    </Panel>
  );
}
