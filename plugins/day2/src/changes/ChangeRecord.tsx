import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { OperationOutput } from '@day2/backstage-plugin-day2-common';
import { Reasons } from '../deployments';
import { useText } from '../translation';
import {
  AsOf,
  Bullets,
  Facts,
  Note,
  Prose,
  Stack,
  Subsection,
  Term,
  TextLink,
  TimeText,
  VersionText,
} from '../ui';
import type { OpenRecord } from '../url';
import { Authors } from './Authors';
import { CarriedBy } from './CarriedBy';
import { ChangeChips } from './ChangeChips';
import { FieldChanges } from './FieldChanges';

/** Everything known of one change. */
export function ChangeRecord(
  props: OperationOutput<'getChange'> & {
    onOpen: (open: OpenRecord) => void;
  },
) {
  const t = useText();
  const { change } = props;
  return (
    <Stack>
      <ChangeChips change={change} />
      {change.message && change.message !== change.title && (
        <Prose text={change.message} />
      )}
      {change.supersededReason && <Note>{change.supersededReason}</Note>}
      <Facts
        items={[
          { name: t('change.landed'), value: <TimeText at={change.at} /> },
          {
            name: t('change.authors'),
            value: change.authors.length > 0 && (
              <Authors authors={change.authors} />
            ),
          },
          { name: t('change.repository'), value: change.repository },
          {
            name: t('change.commit'),
            value:
              change.sha &&
              (change.url ? (
                <TextLink href={change.url}>{change.sha.slice(0, 12)}</TextLink>
              ) : (
                <VersionText text={change.sha} copyAs={t('change.commit')} />
              )),
          },
          {
            name: t('change.number'),
            value: change.pullRequest && (
              <>
                <Term id="pullRequest" /> {change.pullRequest}
              </>
            ),
          },
          {
            name: t('change.reverts'),
            value: change.reverts && (
              <VersionText text={change.reverts} copyAs={t('change.reverts')} />
            ),
          },
          {
            name: t('change.revertedBy'),
            value: change.revertedBy && (
              <VersionText
                text={change.revertedBy}
                copyAs={t('change.revertedBy')}
              />
            ),
          },
        ]}
      />
      {change.emergencyReasons.length > 0 && (
        <Subsection title={t('change.whyEmergency')}>
          <Reasons reasons={change.emergencyReasons} />
        </Subsection>
      )}
      <FieldChanges change={change} />
      <CarriedBy deployments={props.deployments} onOpen={props.onOpen} />
      <Subsection title={t('change.services')}>
        <Bullets
          items={change.services.map(({ ref, environment, via }) => ({
            key: `${ref} ${environment}`,
            content: (
              <>
                <EntityRefLink entityRef={ref} />
                {environment && ` · ${environment}`} ({via})
              </>
            ),
          }))}
        />
        <AsOf at={props.asOf} />
      </Subsection>
    </Stack>
  );
}
