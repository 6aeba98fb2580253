import { useText } from '../translation';
import { Note } from './Note';
import { AgoText } from './TimeText';

/** How old what is shown is. */
export function AsOf(props: { at?: string }) {
  const t = useText();
  return (
    <Note>
      {props.at === undefined ? (
        t('kit.asOfNever')
      ) : (
        <>
          {t('kit.asOf')} <AgoText at={props.at} />
        </>
      )}
    </Note>
  );
}
