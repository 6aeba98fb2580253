import type { ServiceSummary } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { AgoText, Disclosure, Note, Stack, Status } from '../ui';

/** How many of the sources that feed the page are well, and what ails the rest. */
export function SourcesFine(props: { sources: ServiceSummary['sources'] }) {
  const t = useText();
  const { total, fine, problems } = props.sources;
  if (total === 0) {
    return <Note>{t('service.noSources')}</Note>;
  }
  const words = t('service.sourcesFine', {
    fine: String(fine),
    total: String(total),
  });
  if (problems.length === 0) {
    return <Status tone="ok" word={words} />;
  }
  return (
    <Disclosure summary={words} icon="attention">
      <Stack>
        {problems.map(problem => (
          <div key={problem.source}>
            <Status
              wrap
              tone="bad"
              word={`${problem.title}: ${t(`source.code.${problem.code}`)}`}
            />
            <Note>{problem.text}</Note>
            {problem.since && (
              <Note>
                {t('kit.since')} <AgoText at={problem.since} />
              </Note>
            )}
          </div>
        ))}
      </Stack>
    </Disclosure>
  );
}
