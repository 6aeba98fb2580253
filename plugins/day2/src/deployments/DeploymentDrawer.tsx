import { useApi } from '@backstage/core-plugin-api';
import { day2ApiRef, useResource } from '../api';
import { useText } from '../translation';
import { Drawer, Loadable, shortVersion } from '../ui';
import type { OpenRecord } from '../url';
import { DeploymentRecord } from './DeploymentRecord';
import { versionWords } from './versionWords';

/** One deployment, by its id. */
export function DeploymentDrawer(props: {
  id: string;
  onOpen: (open: OpenRecord) => void;
  onClose: () => void;
}) {
  const { id } = props;
  const t = useText();
  const api = useApi(day2ApiRef);
  const answer = useResource({
    key: id,
    load: signal => api.call('getDeployment', { params: { id }, signal }),
  });
  const deployment = answer.data?.deployment;
  return (
    <Drawer
      title={
        deployment
          ? t('change.deploymentTitle', {
              version: shortVersion(versionWords(deployment)),
              environment: deployment.environment,
            })
          : t('change.deployment')
      }
      onClose={props.onClose}
    >
      <Loadable of={answer} what={t('change.deployment')} lines={8}>
        {data => <DeploymentRecord {...data} onOpen={props.onOpen} />}
      </Loadable>
    </Drawer>
  );
}
