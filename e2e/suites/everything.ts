/** A range that holds all that ever happened. */
export const everything = {
  from: '2020-01-01T00:00:00Z',
  to: '2100-01-01T00:00:00Z',
};
