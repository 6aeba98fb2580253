import { CopyButton } from './CopyButton';
import { TextButton } from './Button';
import { Hint } from './Hint';
import { Row } from './layout';
import { shortVersion } from './shortVersion';

/** A version or digest, its hashes short: whole on hover and focus. */
export function VersionText(props: {
  text: string;
  /** What it is; with it, the whole of a cut one can be copied. */
  copyAs?: string;
  /** What is copied, where that is not the whole of it. */
  copied?: string;
}) {
  const { copyAs, text } = props;
  const short = shortVersion(text);
  if (short === text) {
    return <>{text}</>;
  }
  const words = (
    <Hint text={text}>
      {/* Focusable, so that the whole is there without a pointer too. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <span tabIndex={0}>{short}</span>
    </Hint>
  );
  return copyAs === undefined ? (
    words
  ) : (
    <Row gap="small">
      {words}
      <CopyButton quiet text={props.copied ?? text} label={copyAs} />
    </Row>
  );
}

/** A version that opens its record. */
export function VersionButton(props: {
  text: string;
  onClick: () => void;
  /** Follows the version, where it alone does not say which one. */
  of?: string;
}) {
  const { of, text } = props;
  const short = shortVersion(text);
  return (
    <TextButton
      onClick={props.onClick}
      label={of === undefined ? undefined : `${short}, ${of}`}
      hint={short === text ? undefined : text}
    >
      {short}
    </TextButton>
  );
}
