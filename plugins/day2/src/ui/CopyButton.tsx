import { useState } from 'react';
import { useText } from '../translation';
import { Button } from './Button';
import { LiveRegion } from './layout';

/** Puts a text on the clipboard, and says whether it did. */
export function CopyButton(props: {
  text: string;
  /** What is copied, in a word or two. */
  label: string;
  quiet?: boolean;
}) {
  const t = useText();
  const [said, setSaid] = useState('');
  const copy = () =>
    Promise.resolve()
      .then(() => navigator.clipboard.writeText(props.text))
      .then(
        () => setSaid(t('kit.copied')),
        () => setSaid(t('kit.copyFailed')),
      );
  return (
    <>
      <Button
        icon="copy"
        quiet={props.quiet}
        onClick={copy}
        label={`${t('kit.copy')}: ${props.label}`}
      >
        {said || t('kit.copy')}
      </Button>
      <LiveRegion>{said}</LiveRegion>
    </>
  );
}
