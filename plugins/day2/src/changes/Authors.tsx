import { Fragment } from 'react';
import type { Person } from '@day2/backstage-plugin-day2-common';
import { PersonText } from '../persons';

/** Everyone who wrote a change. */
export function Authors(props: { authors: Person[] }) {
  return (
    <>
      {props.authors.map((person, index) => (
        <Fragment key={person.id}>
          {index > 0 && ', '}
          <PersonText person={person} />
        </Fragment>
      ))}
    </>
  );
}
