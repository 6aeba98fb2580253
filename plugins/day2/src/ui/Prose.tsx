/** Text as somebody wrote it, line breaks kept. */
export function Prose(props: { text: string }) {
  return (
    <p
      style={{
        margin: 0,
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        fontSize: '0.875rem',
      }}
    >
      {props.text}
    </p>
  );
}
