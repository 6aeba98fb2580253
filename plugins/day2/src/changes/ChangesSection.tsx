import { DeploymentsTable } from '../deployments';
import { useText } from '../translation';
import { SearchField, Stack } from '../ui';
import { usePageState } from '../url';
import { ChangesTable } from './ChangesTable';

/** The section Changes: what was deployed, and what was done. */
export function ChangesSection(props: {
  serviceRef: string;
  environment?: string;
  revision?: string;
}) {
  const t = useText();
  const { state, change } = usePageState();
  return (
    <Stack>
      <DeploymentsTable
        {...props}
        range={state.range}
        onOpen={open => change({ open })}
      />
      <ChangesTable
        {...props}
        range={state.range}
        text={state.text}
        onOpen={open => change({ open })}
        filter={
          <SearchField
            label={t('change.find')}
            value={state.text}
            onChange={text => change({ text }, { replace: true })}
          />
        }
      />
    </Stack>
  );
}
