import { useText } from '../translation';
import { Stack, Status } from '../ui';
import type { BoardMisread } from './boardMisread';

/** What the address asks for in vain, how it is written, and what is shown instead. */
export function BoardMisreadNote(props: { parts: BoardMisread[] }) {
  const t = useText();
  if (props.parts.length === 0) {
    return null;
  }
  return (
    <div role="status">
      <Stack gap="small">
        {props.parts.map(({ key, value }) => (
          <Status
            key={key}
            wrap
            tone="attention"
            word={t(`delivery.misread.${key}`, { value })}
          />
        ))}
      </Stack>
    </div>
  );
}
