import { useText } from '../translation';
import { TextField } from '../ui';

// What the API takes.
const longest = 1_000;

/** Why somebody says it, for those who read it later. */
export function WhyField(props: {
  value: string;
  onChange: (value: string) => void;
}) {
  const t = useText();
  return (
    <TextField
      label={t('incident.reason')}
      longest={longest}
      value={props.value}
      onChange={props.onChange}
    />
  );
}
