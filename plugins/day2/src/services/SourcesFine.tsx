import type { ServiceSummary } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { AgoText, Bullets, Note, Popup, Stack, Status } from '../ui';

/** What feeds the page, how much of it is well, and what ails the rest. */
export function SourcesFine(props: { sources: ServiceSummary['sources'] }) {
  const t = useText();
  const {
    total,
    fine,
    posted,
    problems,
    reading = [],
    titles = [],
  } = props.sources;
  if (total === 0) {
    return (
      <Note>{t(posted ? 'service.postsAlone' : 'service.noSources')}</Note>
    );
  }
  const words = t(
    posted ? 'service.sourcesFineAndPosts' : 'service.sourcesFine',
    { count: total, fine: String(fine), total: String(total) },
  );
  const ailing = problems.length > 0;
  // Neither fine nor failing: never read yet.
  const tone = fine < total ? 'info' : 'ok';
  return (
    <Popup summary={words} tone={ailing ? 'bad' : tone}>
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
        {reading.length > 0 && (
          <Note>{t('source.notReadYet', { titles: reading.join(', ') })}</Note>
        )}
        {(titles.length > 0 || posted) && (
          <div>
            <Note>{t('service.fedBy')}</Note>
            <Bullets
              items={[
                ...titles.map(title => ({ key: title, content: title })),
                ...(posted
                  ? [{ key: 'api', content: t('service.byPosts') }]
                  : []),
              ]}
            />
          </div>
        )}
      </Stack>
    </Popup>
  );
}
