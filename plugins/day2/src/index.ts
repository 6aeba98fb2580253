export { day2Plugin as default } from './plugin';
export { day2ApiRef } from './api/day2ApiRef';
export { day2TranslationRef } from './translation/day2TranslationRef';
