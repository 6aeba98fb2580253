import type { WhyEmpty } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { TextLink } from './Button';
import { docsHref } from './docsHref';
import { Copyable } from './Copyable';
import { Stack } from './layout';
import { Note } from './Note';
import { Status } from './Status';
import { AgoText } from './TimeText';
import type { Tone } from './tones';

const tones: Record<WhyEmpty['reason'], Tone> = {
  'annotation-missing': 'unknown',
  'source-not-configured': 'unknown',
  'not-read-yet': 'info',
  'credential-refused': 'bad',
  'source-unreachable': 'bad',
  forbidden: 'attention',
  'nothing-found': 'unknown',
};

/** Why there is nothing to show, and what to do about it. */
export function WhyEmptyNote(props: { why: WhyEmpty; quiet?: boolean }) {
  const { why } = props;
  const t = useText();
  const fix = why.fix;
  return (
    <Stack gap="medium">
      {props.quiet ? (
        <Note>{why.text}</Note>
      ) : (
        <div>
          <Status tone={tones[why.reason]} word={t(`kit.why.${why.reason}`)} />
          <Note>{why.text}</Note>
        </div>
      )}
      {/* Of what was found before, the fix says when. */}
      {why.since && why.reason !== 'nothing-found' && (
        <Note>
          {t('kit.since')} <AgoText at={why.since} />
        </Note>
      )}
      {fix && <Note>{fix.text}</Note>}
      {fix?.annotation && (
        <Copyable
          label={t('kit.annotation')}
          text={`${fix.annotation.key}: ${yamlScalar(fix.annotation.value)}`}
        />
      )}
      {fix?.config && <Copyable label={t('kit.config')} text={fix.config} />}
      {fix?.docs && (
        <TextLink href={docsHref(fix.docs)}>{t('kit.documentation')}</TextLink>
      )}
    </Stack>
  );
}

/** A value as YAML takes it: `**` would begin an alias, `: ` a mapping. */
function yamlScalar(value: string): string {
  return /^[\w/.](?:(?!: | #).)*$/.test(value)
    ? value
    : `'${value.replaceAll("'", "''")}'`;
}
