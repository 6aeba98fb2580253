import { useText } from '../translation';
import { Stack, Status } from '../ui';
import { usePageState, type Misread } from '../url';

/** What the address asks for in vain, and what is shown instead. */
export function NotUnderstood(props: {
  parts: Misread[];
  /** The one that is shown. */
  environment?: string;
}) {
  const t = useText();
  const { state } = usePageState();
  const [kind] = state.kinds;
  const shown: Record<Misread['key'], string> = {
    env: props.environment ?? t('service.any'),
    range: t(`service.preset.${state.range.preset}`),
    section: t(
      state.section === 'changes' ? 'change.section' : 'timeline.section',
    ),
    kinds: t(kind ? `timeline.${kind}s` : 'timeline.all'),
    q: state.text,
    open: t('service.pageAlone'),
  };
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
            word={t(
              key === 'range' && value === 'custom'
                ? 'service.notUnderstood.customRange'
                : `service.notUnderstood.${key}`,
              { value, shown: shown[key] },
            )}
          />
        ))}
      </Stack>
    </div>
  );
}
