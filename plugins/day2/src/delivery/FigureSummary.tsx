import type { DeliveryFigure } from '@day2/backstage-plugin-day2-common';
import { makeStyles } from '@material-ui/core/styles';
import { durationWords } from '../time';
import { useText, type Text } from '../translation';
import {
  figureWords,
  Hint,
  Note,
  Stack,
  Status,
  TextButton,
  TextLink,
} from '../ui';
import { ChangeWord } from './ChangeWord';
import { figureSentence } from './figureValue';
import { SurveyNote } from './SurveyNote';
import { WeekTrend } from './WeekTrend';

const useStyles = makeStyles({
  value: {
    fontSize: '1.0625rem',
    fontWeight: 600,
    fontVariantNumeric: 'tabular-nums',
  },
  little: { fontSize: '0.8125rem' },
});

/** A delivery figure: value, from how much, against before, by week. */
export function FigureSummary(props: {
  figure: DeliveryFigure;
  /** Whose figure it is. */
  title: string;
  /** Leads to what is behind it: on this page, or by a link elsewhere. */
  onOpen?: () => void;
  to?: string;
}) {
  const classes = useStyles();
  const t = useText();
  const { figure, onOpen, title, to } = props;
  const value = figureSentence(t, figure.figure);
  const known = figure.figure.value !== undefined;
  const label = t('delivery.openFigure', {
    metric: t(`delivery.metric.${figure.metric}`),
    title,
    value,
  });
  const { coverage } = figureWords(figure.figure);
  return (
    <Stack gap="small">
      <span className={known ? classes.value : classes.little}>
        {to !== undefined && <TextLink to={to}>{value}</TextLink>}
        {to === undefined && onOpen && (
          <TextButton onClick={onOpen} label={label}>
            {value}
          </TextButton>
        )}
        {to === undefined && !onOpen && value}
      </span>
      {known && (
        <Note>
          {ofWords(t, figure)}
          {coverage && (
            <> · {t('delivery.coverage', { share: onOneLine(coverage) })}</>
          )}
        </Note>
      )}
      <OpenFailures figure={figure} />
      <Suspected figure={figure} />
      <ChangeWord figure={figure} />
      <SurveyNote survey={figure.survey} />
      {figure.trend && figure.trend.length > 1 && (
        <WeekTrend trend={figure.trend} />
      )}
    </Stack>
  );
}

/** From how much it is; of a share, how many of how many. */
function ofWords(t: Text, { figure, metric }: DeliveryFigure): string {
  const { n, unit, value } = figure;
  const of = t(`delivery.of.${metric}`, { count: n });
  return unit === 'ratio' && value !== undefined
    ? t('delivery.partOf', { part: String(Math.round(value * n)), of })
    : of;
}

/** A number and its unit are not parted at the end of a line. */
function onOneLine(words: string): string {
  return words.replace(/ /g, '\u00a0');
}

/** What failed and is not restored is no part of the value, but not silent. */
function OpenFailures(props: { figure: DeliveryFigure }) {
  const t = useText();
  const beside = (name: 'open' | 'oldestOpen') =>
    props.figure.beside.find(one => one.name === name)?.figure.value;
  const open = beside('open');
  const oldest = beside('oldestOpen');
  if (!open) {
    return null;
  }
  return (
    <Note>
      {t('delivery.open', { n: String(open) })}
      {oldest !== undefined &&
        `, ${t('delivery.oldest', { span: durationWords(oldest * 1000) })}`}
    </Note>
  );
}

/** How much of it rests on what nobody has confirmed yet. */
function Suspected(props: { figure: DeliveryFigure }) {
  const classes = useStyles();
  const t = useText();
  const count = props.figure.beside.find(({ name }) => name === 'suspected')
    ?.figure.value;
  return count ? (
    <Hint text={t('delivery.suspectedMeaning')}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <span tabIndex={0} className={classes.little}>
        <Status
          tone="attention"
          icon="unknown"
          word={t('delivery.onlySuspected', { n: String(count) })}
        />
      </span>
    </Hint>
  ) : null;
}
