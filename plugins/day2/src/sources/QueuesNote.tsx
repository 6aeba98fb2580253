import { useText } from '../translation';
import { Note } from '../ui';

const names = [
  'sequences',
  'changes',
  'applications',
  'incidents',
  'objectives',
  'subjects',
] as const;

/** What is taken in but not worked through yet; nothing where there is none. */
export function QueuesNote(props: {
  queues: Partial<Record<(typeof names)[number], number>>;
}) {
  const t = useText();
  const left = names.flatMap(name => {
    const count = props.queues[name] ?? 0;
    return count > 0 ? t(`source.queue.${name}`, { count }) : [];
  });
  return left.length === 0 ? null : (
    <Note>{t('source.queues', { list: left.join(', ') })}</Note>
  );
}
