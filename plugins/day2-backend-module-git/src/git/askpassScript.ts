/**
 * What git runs to ask for a user name or password: it answers from variables
 * of that one call, and only where the question names the repository's host,
 * so that a redirect elsewhere gets nothing.
 */
export const askpassScript = `#!/bin/sh
case "$1" in
  *"//$DAY2_GIT_HOST'"*|*"@$DAY2_GIT_HOST'"*|*"//$DAY2_GIT_HOST/"*|*"@$DAY2_GIT_HOST/"*) ;;
  *) exit 1 ;;
esac
case "$1" in
  Username*) printf '%s\\n' "$DAY2_GIT_USERNAME" ;;
  Password*) printf '%s\\n' "$DAY2_GIT_PASSWORD" ;;
  *) exit 1 ;;
esac
`;
