import type { Reason } from '@day2/backstage-plugin-day2-common';
import { Bullets } from '../ui';

/** The reasons of a judgement, in sentences. */
export function Reasons(props: { reasons: Reason[] }) {
  return (
    <Bullets
      items={props.reasons.map(({ code, text }, index) => ({
        key: `${code} ${index}`,
        content: text,
      }))}
    />
  );
}
