import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { mutedColor } from './tones';

const useStyles = makeStyles(theme => ({
  list: {
    margin: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(90px, max-content) minmax(0, 1fr)',
    gap: '6px 16px',
    fontSize: '0.875rem',
  },
  name: { color: mutedColor(theme) },
  value: { margin: 0, overflowWrap: 'anywhere' },
}));

/** Names and what they are; a name with nothing to say is left out. */
export function Facts(props: {
  items: { name: string; value: ReactNode | undefined }[];
}) {
  const classes = useStyles();
  return (
    <dl className={classes.list}>
      {props.items
        .filter(
          ({ value }) => value !== undefined && value !== false && value !== '',
        )
        .map(({ name, value }) => (
          // A group per pair would break the two-column grid.
          <FactPair
            key={name}
            name={name}
            value={value}
            classes={{ name: classes.name, value: classes.value }}
          />
        ))}
    </dl>
  );
}

function FactPair(props: {
  name: string;
  value: ReactNode;
  classes: { name: string; value: string };
}) {
  return (
    <>
      <dt className={props.classes.name}>{props.name}</dt>
      <dd className={props.classes.value}>{props.value}</dd>
    </>
  );
}
