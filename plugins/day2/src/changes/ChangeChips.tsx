import type { Change } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Chip, Row, Term } from '../ui';

/** What sets a change apart, in short words. */
export function ChangeChips(props: { change: Change }) {
  const t = useText();
  const { change } = props;
  return (
    <Row gap="small">
      <Chip>{t(`change.kind.${change.kind}`)}</Chip>
      {change.emergency && (
        <Chip tone="attention">
          <Term id="hotfix" />
        </Chip>
      )}
      {change.reverts && (
        <Chip tone="attention">{t('timeline.look.revert')}</Chip>
      )}
      {change.revertedBy && (
        <Chip tone="attention">{t('change.reverted')}</Chip>
      )}
      {change.isMerge && <Chip>{t('timeline.look.merge')}</Chip>}
      {change.state === 'superseded' && (
        <Chip tone="unknown">{t('timeline.look.superseded')}</Chip>
      )}
      {change.issueKeys.map(key => (
        <Chip key={key}>{key}</Chip>
      ))}
    </Row>
  );
}
