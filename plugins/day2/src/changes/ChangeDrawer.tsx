import { useApi } from '@backstage/core-plugin-api';
import { day2ApiRef, useResource } from '../api';
import { useText } from '../translation';
import { Drawer, Loadable } from '../ui';
import type { OpenRecord } from '../url';
import { ChangeRecord } from './ChangeRecord';

/** One change, by its id. */
export function ChangeDrawer(props: {
  id: string;
  onOpen: (open: OpenRecord) => void;
  onClose: () => void;
}) {
  const { id } = props;
  const t = useText();
  const api = useApi(day2ApiRef);
  const answer = useResource({
    key: id,
    load: signal => api.call('getChange', { params: { id }, signal }),
  });
  return (
    <Drawer
      title={answer.data?.change.title ?? t('change.change')}
      onClose={props.onClose}
    >
      <Loadable of={answer} what={t('change.change')} lines={8}>
        {data => <ChangeRecord {...data} onOpen={props.onOpen} />}
      </Loadable>
    </Drawer>
  );
}
