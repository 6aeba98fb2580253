import { useText } from '../translation';
import { Disclosure, Facts, Stack, TextLink } from '../ui';
import { docsHref } from '../ui/docsHref';
import { metrics } from './metrics';

/** What each figure counts, in a sentence, and where all of it is written. */
export function Definitions() {
  const t = useText();
  return (
    <Disclosure summary={t('delivery.definitions')} icon="info">
      <Stack>
        <Facts
          items={metrics.map(metric => ({
            name: t(`delivery.metric.${metric}`),
            value: t(`delivery.means.${metric}`),
          }))}
        />
        <TextLink href={docsHref('docs/delivery.md')}>
          {t('kit.documentation')}
        </TextLink>
      </Stack>
    </Disclosure>
  );
}
