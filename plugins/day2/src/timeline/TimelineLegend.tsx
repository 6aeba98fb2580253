import type { TimelineEntry } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Note, Row, useTone } from '../ui';
import { markLook, type MarkLook } from './markLook';
import { MarkShape } from './MarkShape';

/** The looks that are on the chart, with their words. */
export function TimelineLegend(props: { entries: TimelineEntry[] }) {
  const t = useText();
  const tone = useTone();
  const looks = new Map<string, MarkLook>();
  for (const entry of props.entries) {
    const look = markLook(entry);
    looks.set(look.word, look);
  }
  return (
    <Row gap="large">
      {[...looks.values()].map(look => (
        <Row key={look.word} gap="small">
          <svg width={18} height={18} viewBox="-9 -9 18 18" aria-hidden>
            <MarkShape shape={look.shape} color={tone(look.tone)} />
          </svg>
          <Note>{t(`timeline.look.${look.word}`)}</Note>
        </Row>
      ))}
    </Row>
  );
}
