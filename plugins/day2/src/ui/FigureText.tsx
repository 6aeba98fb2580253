import { makeStyles } from '@material-ui/core/styles';
import type { Figure } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { figureWords } from './figureWords';
import { Note } from './Note';

const useStyles = makeStyles({
  figure: { fontVariantNumeric: 'tabular-nums' },
});

/** A figure with its unit, from how much it is, and what it leaves out. */
export function FigureText(props: { figure: Figure }) {
  const { figure } = props;
  const t = useText();
  const words = figureWords(figure);
  return (
    <Note>
      <span className={useStyles().figure}>
        {words.value ??
          t('kit.insufficient', { unit: figure.unit, n: String(figure.n) })}
      </span>{' '}
      {words.value !== undefined && words.from !== undefined && (
        <>({t('kit.from', { n: words.from })})</>
      )}
      {words.coverage && <> · {t('kit.coverage', { share: words.coverage })}</>}
      {figure.reason && <> · {figure.reason}</>}
    </Note>
  );
}
