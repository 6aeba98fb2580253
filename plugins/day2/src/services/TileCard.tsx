import type { ReactNode } from 'react';
import type { PartStanding, Tile } from '@day2/backstage-plugin-day2-common';
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
import { PartScope } from './PartScope';
import { SourcesFine } from './SourcesFine';

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
  /** In place of the tile's detail, instant and figures. */
  detail?: ReactNode;
  /** How what it rests on stands; absent where it rests on nothing yet. */
  part?: PartStanding;
}

/** One domain in a glance; where it has no source, quietly how to give it one. */
export function TileCard(props: TileCardProps) {
  return (
    <PartScope of={props.part}>
      <Content {...props} />
    </PartScope>
  );
}

function Content(props: TileCardProps) {
  const { part, tile } = props;
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
  // What the headline says is not said twice, and the detail sums up the
  // figures: it speaks where they do not.
  const further = tile.figures.filter(figure => {
    const { value } = figureWords(figure);
    return value !== tile.headline;
  });
  return (
    <TilePanel
      title={props.title}
      asOf={tile.asOf ?? part?.asOf}
      why={part && <SourcesFine sources={part} />}
    >
      <Status wrap tone={tones[tile.state]} word={tile.headline} />
      {props.detail ?? (
        <>
          {tile.detail && further.length === 0 && <Note>{tile.detail}</Note>}
          {tile.at && (
            <Note>
              {t('service.latest')} <AgoText at={tile.at} />
            </Note>
          )}
          {further.map(figure => (
            <FigureText key={figure.unit} figure={figure} />
          ))}
        </>
      )}
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
