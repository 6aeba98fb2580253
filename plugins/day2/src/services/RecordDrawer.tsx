import { ChangeDrawer } from '../changes';
import { DeploymentDrawer } from '../deployments';
import { IncidentDrawer } from '../incidents/IncidentDrawer';
import type { OpenRecord } from '../url';

/** The drawer of the record that the URL names. */
export function RecordDrawer(props: {
  open: OpenRecord;
  onOpen: (open: OpenRecord) => void;
  onClose: () => void;
}) {
  const { open, onOpen, onClose } = props;
  switch (open.kind) {
    case 'deployment':
      return (
        <DeploymentDrawer id={open.id} onOpen={onOpen} onClose={onClose} />
      );
    case 'change':
      return <ChangeDrawer id={open.id} onOpen={onOpen} onClose={onClose} />;
    case 'incident':
      return <IncidentDrawer id={open.id} onOpen={onOpen} onClose={onClose} />;
    default:
      return null;
  }
}
