import { useEffect, useRef, useState } from 'react';
import type { ObjectiveRecord } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Button } from '../ui';
import { useQueryPatch } from '../url';
import { ObjectiveBudget } from './ObjectiveBudget';
import { ObjectivePanel } from './ObjectivePanel';
import { useBudgetRange } from './useBudgetRange';

/**
 * An objective of the section, with its chart where it is drawn or asked for.
 * The one that the address names is brought into view.
 */
export function ObjectiveItem(props: {
  objective: ObjectiveRecord;
  /** Its chart is there without being asked for. */
  drawn: boolean;
  serviceRef: string;
  environment?: string;
}) {
  const { objective } = props;
  const t = useText();
  const { query } = useQueryPatch();
  const named = query.get('objective') === objective.id;
  const [wished, setWished] = useState(false);
  const { asked } = useBudgetRange(objective.id);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (named) {
      // jsdom and old browsers cannot scroll.
      box.current?.scrollIntoView?.();
    }
  }, [named]);
  const hasChart =
    objective.state !== 'invalid' && objective.state !== 'unmeasured';
  return (
    <div ref={box}>
      <ObjectivePanel objective={objective}>
        {hasChart &&
          (props.drawn || named || asked || wished ? (
            <ObjectiveBudget {...props} />
          ) : (
            <div>
              <Button onClick={() => setWished(true)}>
                {t('objective.chartShow')}
              </Button>
            </div>
          ))}
      </ObjectivePanel>
    </div>
  );
}
