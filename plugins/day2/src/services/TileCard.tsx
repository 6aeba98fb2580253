import type { ReactNode } from 'react';
import type { Tile } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import {
  AgoText,
  Disclosure,
  FigureText,
  figureWords,
  Note,
  Status,
  TextLink,
  TilePanel,
  Trend,
  WhyEmptyNote,
  type Tone,
} from '../ui';

const tones: Record<Exclude<Tile['state'], 'empty'>, Tone> = {
  ok: 'ok',
  attention: 'attention',
  bad: 'bad',
  unknown: 'unknown',
};

interface TileCardProps {
  title: ReactNode;
  tile: Tile;
  link?: { to: string; words: string };
}

/** One domain in a glance; where it has no source, quietly how to give it one. */
export function TileCard(props: TileCardProps) {
  const { tile } = props;
  const t = useText();
  if (tile.state === 'empty') {
    return (
      <TilePanel title={props.title} quiet>
        <Note>{tile.empty?.text ?? tile.headline}</Note>
        {canBeSetUp(tile) && tile.empty && (
          <Disclosure summary={t('service.setUp')} icon="info">
            <WhyEmptyNote why={tile.empty} quiet />
          </Disclosure>
        )}
        {props.link && (
          <TextLink to={props.link.to}>{props.link.words}</TextLink>
        )}
      </TilePanel>
    );
  }
  // A figure that headline or detail already says is not said twice.
  const further = tile.figures.filter(figure => {
    const { value } = figureWords(figure);
    return value !== tile.headline && value !== tile.detail;
  });
  return (
    <TilePanel title={props.title}>
      <Status wrap tone={tones[tile.state]} word={tile.headline} />
      {tile.detail && <Note>{tile.detail}</Note>}
      {tile.at && (
        <Note>
          {t('service.latest')} <AgoText at={tile.at} />
        </Note>
      )}
      {further.map(figure => (
        <FigureText key={figure.unit} figure={figure} />
      ))}
      {tile.trend && tile.trend.length > 1 && (
        <Trend
          label={t('service.trend')}
          values={tile.trend.map(({ value }) => value)}
        />
      )}
      {props.link && <TextLink to={props.link.to}>{props.link.words}</TextLink>}
    </TilePanel>
  );
}

/** Words alone set nothing up: there must be something to do or to read. */
function canBeSetUp({ empty }: TileCardProps['tile']): boolean {
  return Boolean(empty?.fix && (empty.fix.config || empty.fix.annotation));
}
