export { day2Plugin as default } from './plugin';
export { day2ApiRef } from './api/day2ApiRef';
